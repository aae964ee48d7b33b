'use strict';

// What a test's function is given (https://nodejs.org/api/test.html#class-testcontext).

const { validateUint32 } = require('internal/validators');

/** Functions of `assert` that `t.assert` has; they count for `t.plan`. */
const NOT_COUNTED = new Set(['AssertionError', 'CallTracker', 'strict', 'Assert']);

class TestContext {
  #test;
  #assert;

  constructor(test) {
    this.#test = test;
  }

  get name() {
    return this.#test.name;
  }

  get fullName() {
    return this.#test.fullName;
  }

  get filePath() {
    return this.#test.place.file;
  }

  get signal() {
    return this.#test.abortSignal;
  }

  get error() {
    return this.#test.error;
  }

  get passed() {
    return this.#test.passed;
  }

  get mock() {
    this.#test.mocks ??= new (require('internal/test_runner/mock').MockTracker)();
    return this.#test.mocks;
  }

  get assert() {
    if (this.#assert === undefined) {
      const assert = require('assert');
      const test = this.#test;
      this.#assert = {};
      for (const name of Object.keys(assert)) {
        if (NOT_COUNTED.has(name) || typeof assert[name] !== 'function') continue;
        this.#assert[name] = (...args) => {
          test.assertions++;
          return assert[name](...args);
        };
      }
    }
    return this.#assert;
  }

  diagnostic(message) {
    this.#test.diagnostics.push(String(message));
  }

  plan(count) {
    validateUint32(count, 'count', true);
    this.#test.planned = count;
  }

  skip(message) {
    this.#test.skip = message ?? true;
  }

  todo(message) {
    this.#test.todo = message ?? true;
  }

  runOnly() {}

  test(name, options, fn) {
    return require('internal/test_runner/harness').create(this.#test, name, options, fn, false);
  }

  before(fn, options) {
    this.#test.hook('before', fn, options);
  }

  after(fn, options) {
    this.#test.hook('after', fn, options);
  }

  beforeEach(fn, options) {
    this.#test.hook('beforeEach', fn, options);
  }

  afterEach(fn, options) {
    this.#test.hook('afterEach', fn, options);
  }

  async waitFor(condition, { interval = 50, timeout = 1000 } = {}) {
    const end = performance.now() + timeout;
    for (;;) {
      try {
        return await condition();
      } catch (error) {
        if (performance.now() >= end) throw Object.assign(new Error('waitFor() timed out'), { cause: error });
      }
      await new Promise((resolve) => setTimeout(resolve, interval));
    }
  }
}

module.exports = { TestContext };
