'use strict';

// How an op becomes a promise of `crypto.subtle`, and how it fails.

const { DOMException } = require('internal/dom_exception');
const { toArrayBuffer } = require('internal/crypto/util');

function domError(message, name, cause = undefined) {
  return new DOMException(message, cause === undefined ? name : { name, cause });
}

const operationError = (message = 'The operation failed for an operation-specific reason', cause = undefined) =>
  domError(message, 'OperationError', cause);

/** The promise of an op: `start` is given its callback. Text and null say that it failed. */
function run(start) {
  return new Promise((resolve, reject) => {
    start((error, value) => {
      if (error) reject(operationError(undefined, error));
      else if (value === null || typeof value === 'string') reject(operationError());
      else resolve(value);
    });
  });
}

/** The same for bytes, which scripts get as an ArrayBuffer. */
async function runForBytes(start) {
  return toArrayBuffer(await run(start));
}

/** Throws unless every usage is one of those. */
function checkUsages(usages, allowed, what) {
  if (usages.some((usage) => !allowed.includes(usage))) {
    throw domError(`Unsupported key usage for ${what} key`, 'SyntaxError');
  }
}

module.exports = { checkUsages, domError, operationError, run, runForBytes };
