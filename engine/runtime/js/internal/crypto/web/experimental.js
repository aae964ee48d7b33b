'use strict';

// Methods and algorithms of `crypto.subtle` that are not settled yet say so once.

const warned = new Set();

function warn(name, kind = 'method') {
  if (warned.has(name)) return;
  warned.add(name);
  process.emitWarning(
    `The ${name} Web Crypto API ${kind} is an experimental feature and might change at any time`, 'ExperimentalWarning',
  );
}

module.exports = { warn };
