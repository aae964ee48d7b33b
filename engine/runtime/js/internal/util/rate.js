'use strict';

// What `util.debounce` and `util.throttle` have in common.

const { AbortError } = require('internal/errors');
const { validateAbortSignal } = require('internal/validators');

const { defineProperty } = Object;

/** A promise that is settled from outside. */
class Deferred {
  constructor() {
    this.promise = new Promise((resolve, reject) => {
      this.resolve = resolve;
      this.reject = reject;
    });
  }

  /** Calls `fn` now; what comes of it is what comes of the promise. */
  settleWith(fn, self, args) {
    try {
      this.resolve(Reflect.apply(fn, self, args));
    } catch (error) {
      this.reject(error);
    }
  }
}

/** Checks the option `signal`, which must not be aborted already. */
function checkSignal(signal) {
  if (signal === undefined) return;
  validateAbortSignal(signal, 'options.signal');
  if (signal.aborted) throw new AbortError(undefined, { cause: signal.reason });
}

/** Gives the function `limited` its methods, getters and the name of the one behind it. */
function attach(limited, state, methods, getters, signal) {
  for (const key of ['length', 'name']) {
    defineProperty(limited, key, { __proto__: null, value: state.fn[key], configurable: true });
  }
  Object.assign(limited, methods, {
    ref() {
      state.refd = true;
      state.timer?.ref();
      return limited;
    },
    unref() {
      state.refd = false;
      state.timer?.unref();
      return limited;
    },
  });
  for (const key of getters) defineProperty(limited, key, { __proto__: null, get: () => state[key] });
  state.self = limited;
  if (signal !== undefined) {
    state.signal = signal;
    signal.addEventListener('abort', () => state.cancel(signal.reason), { once: true });
  }
}

module.exports = { Deferred, attach, checkSignal };
