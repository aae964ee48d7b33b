'use strict';

// What `util` has for abort signals (https://nodejs.org/api/util.html#utilabortedsignal-resource).

const { AbortController, AbortSignal } = require('internal/abort');
const { kClone, kTransfer, markTransferable } = require('internal/clone_marks');
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
  markTransferable(signal);
  // It can be sent many times and is good here all the same, so that a copy is sent in either way.
  for (const name of [kClone, kTransfer]) Object.defineProperty(signal, name, { value: () => sent(signal), configurable: true });
  return signal;
}

/** What goes to the other side: how things are, and a port over which the news come. */
function sent(signal) {
  const { aborted, reason } = signal;
  if (aborted) return { data: { aborted, reason }, deserializeInfo: 'internal/util/aborted:received' };
  const { MessageChannel } = require('internal/messaging/port');
  const { port1, port2 } = new MessageChannel();
  port1.unref();
  signal.addEventListener('abort', () => {
    port1.postMessage(signal.reason);
    port1.close();
  }, { once: true });
  return { data: { aborted, port: port2 }, deserializeInfo: 'internal/util/aborted:received', nested: [port2] };
}

/** The signal on the other side. */
function received({ aborted, reason, port }) {
  if (aborted) return AbortSignal.abort(reason);
  const controller = new AbortController();
  port.once('message', (news) => {
    port.close();
    controller.abort(news);
  });
  port.unref();
  return controller.signal;
}

/** A controller whose signal may be sent to another thread. */
function transferableAbortController() {
  const controller = new AbortController();
  transferableAbortSignal(controller.signal);
  return controller;
}

module.exports = { aborted, received, transferableAbortController, transferableAbortSignal };
