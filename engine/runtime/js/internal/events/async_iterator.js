'use strict';

// `events.on`: the events of an emitter as an async iterator
// (https://nodejs.org/api/events.html#eventsonemitter-eventname-options).

const { AbortError, codes } = require('internal/errors');
const { validateAbortSignal, validateArray, validateInteger, validateObject } = require('internal/validators');
const { addAnyListener, removeAnyListener } = require('internal/events/any_listener');
const { addAbortListener } = require('internal/events/abort_listener');

const kWatermarkData = Symbol.for('nodejs.watermarkData');
const AsyncIteratorPrototype = Object.getPrototypeOf(Object.getPrototypeOf(async function* () {}).prototype);

/** Options of the emitters that can be paused: a name that is also accepted, and its default. */
function watermark(options, name, older, fallback) {
  const value = options[name] ?? options[older] ?? fallback;
  validateInteger(value, `options.${name}`, 1);
  return value;
}

function on(emitter, event, options = {}) {
  validateObject(options, 'options');
  const { signal } = options;
  validateAbortSignal(signal, 'options.signal');
  if (signal?.aborted) throw new AbortError(undefined, { cause: signal.reason });
  const high = watermark(options, 'highWaterMark', 'highWatermark', Number.MAX_SAFE_INTEGER);
  const low = watermark(options, 'lowWaterMark', 'lowWatermark', 1);
  const closeEvents = options.close ?? [];
  if (closeEvents.length > 0) validateArray(closeEvents, 'options.close');

  /** Events that nobody asked for yet, and calls of `next` that no event answered yet. */
  const events = [];
  const waiting = [];
  const listeners = [];
  let size = 0;
  let paused = false;
  let error = null;
  let finished = false;

  function listen(name, listener) {
    addAnyListener(emitter, name, listener);
    listeners.push([name, listener]);
  }

  function onEvent(...args) {
    if (waiting.length > 0) {
      waiting.shift().resolve({ done: false, value: args });
      return;
    }
    size += 1;
    if (!paused && size > high) {
      paused = true;
      emitter.pause?.();
    }
    events.push(args);
  }

  function onError(failure) {
    if (waiting.length > 0) waiting.shift().reject(failure);
    else error = failure;
    close();
  }

  function close() {
    abortListener?.[Symbol.dispose]();
    for (const [name, listener] of listeners) removeAnyListener(emitter, name, listener);
    listeners.length = 0;
    finished = true;
    const done = { done: true, value: undefined };
    while (waiting.length > 0) waiting.shift().resolve(done);
    return Promise.resolve(done);
  }

  const iterator = {
    next() {
      if (size > 0) {
        const value = events.shift();
        size -= 1;
        if (paused && size < low) {
          emitter.resume?.();
          paused = false;
        }
        return Promise.resolve({ done: false, value });
      }
      if (error) {
        const rejected = Promise.reject(error);
        error = null;
        return rejected;
      }
      if (finished) return close();
      return new Promise((resolve, reject) => waiting.push({ resolve, reject }));
    },

    return() {
      return close();
    },

    throw(failure) {
      if (!failure || !(failure instanceof Error)) {
        throw new codes.ERR_INVALID_ARG_TYPE('EventEmitter.AsyncIterator', 'Error', failure);
      }
      onError(failure);
    },

    [Symbol.asyncIterator]() {
      return this;
    },

    // Lets tests see how full the buffer is.
    [kWatermarkData]: {
      get size() {
        return size;
      },
      get low() {
        return low;
      },
      get high() {
        return high;
      },
      get isPaused() {
        return paused;
      },
    },
  };
  Object.setPrototypeOf(iterator, AsyncIteratorPrototype);

  listen(event, onEvent);
  if (event !== 'error' && typeof emitter.on === 'function') listen('error', onError);
  for (const name of closeEvents) listen(name, close);
  const abortListener = signal ?
    addAbortListener(signal, () => onError(new AbortError(undefined, { cause: signal.reason }))) : null;
  return iterator;
}

module.exports = { on };
