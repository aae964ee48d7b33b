'use strict';

// Warnings of deprecated use, each once.

const warned = new Set();

function warnOnce(code, message) {
  if (warned.has(code)) return;
  warned.add(code);
  process.emitWarning(message, 'DeprecationWarning', code);
}

module.exports = { warnOnce };
