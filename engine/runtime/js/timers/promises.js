'use strict';

// Timers as promises and as an asynchronous iterator (https://nodejs.org/api/timers.html#timers-promises-api).

const { AbortError, codes } = require('internal/errors');
const { Timeout, clearTimeout, start } = require('internal/timers');
const { Immediate, clearImmediate } = require('internal/immediates');
const {
  validateAbortSignal, validateBoolean, validateNumber, validateObject,
} = require('internal/validators');

const kScheduler = Symbol('kScheduler');

/** Throws for options that are none; returns them with `ref` filled in. */
function checkOptions(options) {
  validateObject(options, 'options');
  const { signal, ref = true } = options;
  validateAbortSignal(signal, 'options.signal');
  validateBoolean(ref, 'options.ref');
  return { signal, ref };
}

const aborted = (signal) => new AbortError(undefined, { cause: signal.reason });

/** Calls `listener` when the signal is aborted, whatever other listeners do; returns what takes it off again. */
function onAbort(signal, listener) {
  const { kResistStopPropagation } = require('internal/event_target');
  signal.addEventListener('abort', listener, { __proto__: null, [kResistStopPropagation]: true });
  return () => signal.removeEventListener('abort', listener);
}

/** A promise that `begin(done)` settles by calling `done`, unless the signal comes first: then `cancel(waiting)`. */
function waitFor(signal, begin, cancel) {
  if (signal?.aborted) return Promise.reject(aborted(signal));
  const { promise, resolve, reject } = Promise.withResolvers();
  if (signal === undefined) {
    begin(resolve);
    return promise;
  }
  const waiting = begin((value) => {
    stopListening();
    resolve(value);
  });
  const stopListening = onAbort(signal, () => {
    if (waiting._destroyed) return;
    cancel(waiting);
    reject(aborted(signal));
  });
  return promise;
}

/** Resolves with `value` after `delay` milliseconds. */
function setTimeout(delay, value, options = {}) {
  let checked;
  try {
    if (delay !== undefined) validateNumber(delay, 'delay');
    checked = checkOptions(options);
  } catch (error) {
    return Promise.reject(error);
  }
  const begin = (done) => {
    const timer = new Timeout(done, delay, [value], false, checked.ref);
    start(timer);
    return timer;
  };
  return waitFor(checked.signal, begin, clearTimeout);
}

/** Resolves with `value` in the next check phase. */
function setImmediate(value, options = {}) {
  let checked;
  try {
    checked = checkOptions(options);
  } catch (error) {
    return Promise.reject(error);
  }
  const begin = (done) => {
    const immediate = new Immediate(done, [value]);
    if (!checked.ref) immediate.unref();
    return immediate;
  };
  return waitFor(checked.signal, begin, clearImmediate);
}

/** Yields `value` every `delay` milliseconds; what nobody took in time is kept. */
async function* setInterval(delay, value, options = {}) {
  if (delay !== undefined) validateNumber(delay, 'delay');
  const { signal, ref } = checkOptions(options);
  if (signal?.aborted) throw aborted(signal);
  let due = 0;
  let wake;
  const notify = () => {
    wake?.();
    wake = undefined;
  };
  const timer = new Timeout(() => {
    due += 1;
    notify();
  }, delay, undefined, true, ref);
  start(timer);
  const stopListening = signal === undefined ? undefined : onAbort(signal, () => {
    clearTimeout(timer);
    notify();
  });
  try {
    while (!signal?.aborted) {
      if (due === 0) {
        await new Promise((resolve) => {
          wake = resolve;
        });
      }
      for (; due > 0; due -= 1) yield value;
    }
    throw aborted(signal);
  } finally {
    clearTimeout(timer);
    stopListening?.();
  }
}

// https://wicg.github.io/scheduling-apis
class Scheduler {
  constructor() {
    throw new codes.ERR_ILLEGAL_CONSTRUCTOR();
  }

  /** Lets everything else that is ready run first. */
  yield() {
    if (!this[kScheduler]) throw new codes.ERR_INVALID_THIS('Scheduler');
    return setImmediate();
  }

  /** Resolves after `delay` milliseconds. */
  wait(delay, options) {
    if (!this[kScheduler]) throw new codes.ERR_INVALID_THIS('Scheduler');
    return setTimeout(delay, undefined, options);
  }
}

const scheduler = Reflect.construct(function() {
  this[kScheduler] = true;
}, [], Scheduler);

module.exports = { setTimeout, setImmediate, setInterval, scheduler };
