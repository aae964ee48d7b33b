'use strict';

// `events.addAbortListener` (https://nodejs.org/api/events.html#eventsaddabortlistenersignal-listener).

const { codes } = require('internal/errors');
const { validateAbortSignal, validateFunction } = require('internal/validators');

/** Listens to `abort` once, whatever other listeners do; the result's `Symbol.dispose` ends it. */
function addAbortListener(signal, listener) {
  if (signal === undefined) throw new codes.ERR_INVALID_ARG_TYPE('signal', 'AbortSignal', signal);
  validateAbortSignal(signal, 'signal');
  validateFunction(listener, 'listener');

  let remove;
  if (signal.aborted) {
    queueMicrotask(() => listener());
  } else {
    const { kResistStopPropagation } = require('internal/event_target');
    signal.addEventListener('abort', listener, { __proto__: null, once: true, [kResistStopPropagation]: true });
    remove = () => signal.removeEventListener('abort', listener);
  }
  return {
    __proto__: null,
    [Symbol.dispose]() {
      remove?.();
    },
  };
}

module.exports = { addAbortListener };
