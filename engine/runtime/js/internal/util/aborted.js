'use strict';

// What `util` has for abort signals (https://nodejs.org/api/util.html#utilabortedsignal-resource).

const { AbortController, AbortSignal } = require('internal/abort');
const { codes } = require('internal/errors');
const { validateObject } = require('internal/validators');

function isSignal(value) {
  return value instanceof AbortSignal;
}

/** Fulfilled when the signal is aborted, and not at all once `resource` is gone. */
async function aborted(signal, resource) {
  if (!isSignal(signal)) {
    const error = new TypeError('signal is not of type AbortSignal.');
    error.code = 'ERR_INVALID_ARG_TYPE';
    throw error;
  }
  validateObject(resource, 'resource', { allowArray: true, allowFunction: true });
  if (signal.aborted) return undefined;
  // Neither the listener nor the promise keeps the resource.
  const weak = new WeakRef(resource);
  return new Promise((resolve) => {
    signal.addEventListener(
      'abort',
      (event) => {
        if (weak.deref() !== undefined) resolve(event);
      },
      { once: true },
    );
  });
}

/** The signal, which may be sent to another thread. */
function transferableAbortSignal(signal) {
  if (!isSignal(signal)) throw new codes.ERR_INVALID_ARG_TYPE('signal', 'AbortSignal', signal);
  return signal;
}

/** A controller whose signal may be sent to another thread. */
function transferableAbortController() {
  return new AbortController();
}

module.exports = { aborted, transferableAbortController, transferableAbortSignal };
