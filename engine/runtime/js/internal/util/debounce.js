'use strict';

// `util.debounce` (https://nodejs.org/api/util.html#utildebouncefn-wait-options): calls in quick succession become one.

const { AbortError } = require('internal/errors');
const { attach, checkSignal, Deferred } = require('internal/util/rate');
const { validateBoolean, validateFunction, validateInteger, validateObject } = require('internal/validators');

const LONGEST = 2 ** 31 - 1;

/** The state behind one debounced function. */
class Debouncer {
  constructor(fn, wait, { leading, rejectOnCancel }) {
    this.fn = fn;
    this.wait = wait;
    this.leading = leading;
    this.rejectOnCancel = rejectOnCancel;
    /** Set while a window is open. */
    this.timer = undefined;
    this.refd = true;
    /** What the next call gets. */
    this.args = undefined;
    /** Those who wait for the next call. */
    this.waiting = [];
    this.self = undefined;
    this.signal = undefined;
  }

  open() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.end(), this.wait);
    if (!this.refd) this.timer.unref();
  }

  close() {
    clearTimeout(this.timer);
    this.timer = undefined;
  }

  call(args) {
    const deferred = new Deferred();
    if (this.signal?.aborted) {
      deferred.reject(new AbortError(undefined, { cause: this.signal.reason }));
      return deferred.promise;
    }
    if (this.leading && this.timer === undefined) {
      // The window opens first: calls that `fn` makes are inside of it.
      this.open();
      deferred.settleWith(this.fn, this.self, args);
      return deferred.promise;
    }
    if (this.rejectOnCancel) this.rejectAll(() => new AbortError('The debounced call was superseded'));
    this.args = args;
    this.waiting.push(deferred);
    this.open();
    return deferred.promise;
  }

  /** Ends the window with the call that waits, if there is one. */
  end() {
    this.close();
    if (this.waiting.length === 0) return;
    const { args, waiting } = this;
    this.waiting = [];
    this.args = undefined;
    try {
      const value = Reflect.apply(this.fn, this.self, args);
      for (const deferred of waiting) deferred.resolve(value);
    } catch (error) {
      for (const deferred of waiting) deferred.reject(error);
    }
  }

  flush() {
    if (this.waiting.length > 0) this.end();
    this.close();
  }

  cancel(reason) {
    this.close();
    this.args = undefined;
    this.rejectAll(() => new AbortError(undefined, reason === undefined ? undefined : { cause: reason }));
  }

  rejectAll(makeError) {
    const { waiting } = this;
    this.waiting = [];
    for (const deferred of waiting) deferred.reject(makeError());
  }

  get pending() {
    return this.waiting.at(-1)?.promise ?? null;
  }

  get pendingCount() {
    return this.waiting.length;
  }
}

/** A function that calls `fn` once `wait` milliseconds have passed since it was called last. */
function debounce(fn, wait, options = {}) {
  validateFunction(fn, 'fn');
  validateInteger(wait, 'wait', 0, LONGEST);
  validateObject(options, 'options');
  const { leading = false, rejectOnCancel = false, signal } = options;
  validateBoolean(leading, 'options.leading');
  validateBoolean(rejectOnCancel, 'options.rejectOnCancel');
  checkSignal(signal);

  const debouncer = new Debouncer(fn, wait, { leading, rejectOnCancel });
  function debounced(...args) {
    return debouncer.call(args);
  }
  const methods = {
    cancel(reason) {
      debouncer.cancel(reason);
    },
    flush() {
      debouncer.flush();
    },
  };
  attach(debounced, debouncer, methods, ['pending', 'pendingCount'], signal);
  return debounced;
}

module.exports = { debounce };
