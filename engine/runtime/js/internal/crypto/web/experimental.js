'use strict';

// Methods of `crypto.subtle` that are not settled yet say so once.

const warned = new Set();

function warn(name) {
  if (warned.has(name)) return;
  warned.add(name);
  process.emitWarning(
    `The ${name} Web Crypto API method is an experimental feature and might change at any time`, 'ExperimentalWarning',
  );
}

module.exports = { warn };
