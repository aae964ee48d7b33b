'use strict';

// What is to be done before and after tests (https://nodejs.org/api/test.html#beforefn-options).

const { validateAbortSignal } = require('internal/validators');
const { isPromise } = require('util').types;
const { Limit, aborted, call } = require('internal/test_runner/call');
const { failure, isFailure } = require('internal/test_runner/failure');
const { hooking, running } = require('internal/test_runner/running');
const { timeoutOf } = require('internal/test_runner/options_of_test');

const KINDS = ['before', 'after', 'beforeEach', 'afterEach'];

class Hook {
  constructor(kind, fn, options, otherwise, place) {
    this.kind = kind;
    this.place = place;
    this.fn = typeof fn === 'function' ? fn : () => {};
    this.timeout = timeoutOf(options?.timeout, otherwise);
    this.signal = options?.signal;
    if (this.signal !== undefined) validateAbortSignal(this.signal, 'options.signal');
  }

  /** Runs the hook for a test: nothing to wait for, or a promise. Throws and rejects with failures only. */
  run(test) {
    if (this.signal?.aborted) throw this.#failed(aborted(this.signal));
    const limit = new Limit();
    let result;
    try {
      limit.start(this.timeout, this.signal);
      result = running.run(test, () => hooking.run(this, call, this.fn, test.context));
    } catch (error) {
      limit.end();
      throw this.#failed(error);
    }
    if (!isPromise(result)) {
      limit.end();
      if (limit.error !== undefined) throw this.#failed(limit.error);
      return undefined;
    }
    return limit.race(result).then(() => limit.end(), (error) => {
      limit.end();
      throw this.#failed(error);
    });
  }

  #failed(error) {
    const cause = isFailure(error) && error.failureType !== 'testTimeoutFailure' ? error.cause : error;
    const failed = failure(cause, 'hookFailed', `failed running ${this.kind} hook`);
    this.failed = failed;
    return failed;
  }
}

/** Hooks of one kind one after another; returns a promise only if there is one to wait for. */
function runHooks(hooks, test) {
  for (let index = 0; index < hooks.length; index++) {
    const result = hooks[index].run(test);
    if (result !== undefined) return result.then(() => runHooks(hooks.slice(index + 1), test));
  }
  return undefined;
}

/** Hooks of everything around a test: the outermost first, or last. */
function hooksAround(test, kind) {
  const found = [];
  for (let at = test.parent; at !== null; at = at.parent) {
    const hooks = at.hooks[kind];
    if (kind === 'beforeEach') found.unshift(...hooks);
    else found.push(...hooks);
  }
  return found;
}

module.exports = { Hook, KINDS, hooksAround, runHooks };
