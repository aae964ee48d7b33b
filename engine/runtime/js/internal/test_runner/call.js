'use strict';

// Calls what scripts hand in: functions of tests and hooks, for no longer than they may take.

// Tests may put others in their place.
const { clearTimeout, setTimeout } = require('timers');
const { failure } = require('internal/test_runner/failure');

/** Calls a function of a test: with a second parameter, `done`, it says itself when it is over. */
function call(fn, context) {
  if (fn.length < 2) return promised(Reflect.apply(fn, context, [context]));
  const { promise, resolve, reject } = Promise.withResolvers();
  let isDone = false;
  const returned = Reflect.apply(fn, context, [context, function done(error) {
    if (isDone) throw failure('callback invoked multiple times', 'multipleCallbackInvocations');
    isDone = true;
    if (error) reject(error);
    else resolve();
  }]);
  if (typeof returned?.then !== 'function') return promise;
  promise.catch(() => {});
  Promise.resolve(returned).catch(() => {});
  throw failure('passed a callback but also returned a Promise', 'callbackAndPromisePresent');
}

/** Something that can end early: by time, by a signal, or because the runner says so. */
class Limit {
  #timer;
  #signal;
  #onAbort;
  #resolvers = Promise.withResolvers();

  /** What it ended with, if it did. */
  error;

  constructor(onStop) {
    this.onStop = onStop;
    // Nobody may be waiting when it ends.
    this.#resolvers.promise.catch(() => {});
  }

  start(timeout, signal, words = 'test') {
    if (timeout !== Infinity) {
      this.#timer = setTimeout(() => {
        this.stop(failure(`${words} timed out after ${timeout}ms`, 'testTimeoutFailure'));
      }, timeout);
    }
    if (signal === undefined) return;
    this.#signal = signal;
    this.#onAbort = () => this.stop(aborted(signal));
    if (signal.aborted) this.#onAbort();
    else signal.addEventListener('abort', this.#onAbort, { once: true });
  }

  /** Ends the waiting with an error. */
  stop(error) {
    if (this.error !== undefined) return;
    this.error = error;
    this.onStop?.(error);
    this.#resolvers.reject(error);
  }

  end() {
    if (this.#timer !== undefined) clearTimeout(this.#timer);
    this.#signal?.removeEventListener('abort', this.#onAbort);
  }

  /** The value, unless the limit comes first. */
  race(value) {
    return Promise.race([value, this.#resolvers.promise]);
  }
}

function aborted(signal) {
  return failure(signal.reason, 'testAborted');
}

/** What may be a thenable as a promise; its `then` is asked for once. */
function promised(value) {
  const isObject = value !== null && (typeof value === 'object' || typeof value === 'function');
  return isObject ? Promise.resolve(value) : value;
}

module.exports = { Limit, aborted, call };
