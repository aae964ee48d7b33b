'use strict';

// What the functions of tests and suites are given (https://nodejs.org/api/test.html#class-testcontext).

// Tests may put others in their place.
const { clearTimeout, setTimeout } = require('timers');
const { validateFunction, validateNumber, validateObject, validateString } = require('internal/validators');
const { Plan } = require('internal/test_runner/plan');

/** What `assert` has and `t.assert` has not. */
const NOT_HERE = new Set(['AssertionError', 'CallTracker', 'strict', 'Assert', 'options']);

/** Assertions that scripts have added. */
const registered = new Map();

/** `assert.register` of `node:test`. */
function register(name, fn) {
  validateString(name, 'name');
  validateFunction(fn, 'fn');
  registered.set(name, fn);
}

/** The assertions of a test: they count for its plan. */
function assertionsOf(test, context) {
  const assert = require('assert');
  const found = {};
  const counted = (fn, receiver) => (...args) => {
    test.assertions++;
    test.plan?.counted(test.planCount);
    return Reflect.apply(fn, receiver, args);
  };
  for (const name of Object.keys(assert)) {
    if (!NOT_HERE.has(name) && typeof assert[name] === 'function') found[name] = counted(assert[name], context);
  }
  const snapshots = require('internal/test_runner/snapshot').ofProcess();
  found.snapshot = counted(snapshots.createAssert(), context);
  found.fileSnapshot = counted(snapshots.createFileAssert(), context);
  found.ok = function ok(...args) {
    test.assertions++;
    test.plan?.counted(test.planCount);
    if (args.length !== 1 || args[0]) return assert.ok(...args);
    const message = require('internal/assert/expression').falsyMessage(ok);
    try {
      return assert.ok(args[0], message);
    } catch (error) {
      error.generatedMessage = true;
      throw error;
    }
  };
  for (const [name, fn] of registered) found[name] = counted(fn, context);
  return found;
}

/** What contexts of both kinds have. */
class Context {
  #test;

  constructor(test) {
    this.#test = test;
  }

  static testOf(context) {
    return context.#test;
  }

  get signal() {
    return this.#test.abortSignal;
  }

  get name() {
    return this.#test.name;
  }

  get filePath() {
    return this.#test.entryFile ?? this.#test.run.entryFile ?? this.#test.place.file;
  }

  get fullName() {
    return this.#test.fullName;
  }

  get passed() {
    return this.#test.passed;
  }

  get attempt() {
    return this.#test.run.rerun?.attempt ?? 0;
  }

  diagnostic(message) {
    this.#test.diagnostic(message);
  }

  log(message, data) {
    this.#test.report.log(message, data);
  }
}

class SuiteContext extends Context {}

class TestContext extends Context {
  #assert;

  get #test() {
    return Context.testOf(this);
  }

  get error() {
    const { error } = this.#test;
    return error === null ? null : error.cause ?? error;
  }

  get tags() {
    return [...this.#test.tags];
  }

  get workerId() {
    const id = process.env.NODE_TEST_WORKER_ID;
    return id === undefined ? undefined : Number(id);
  }

  get mock() {
    this.#test.mocks ??= new (require('internal/test_runner/mock').MockTracker)();
    return this.#test.mocks;
  }

  get assert() {
    this.#assert ??= assertionsOf(this.#test, this);
    return this.#assert;
  }

  plan(count, options) {
    const plan = new Plan(count, options);
    if (this.#test.plan !== undefined) throw new Error('cannot set plan more than once');
    this.#test.plan = plan;
  }

  runOnly(value) {
    this.#test.runsOnlyMarked = Boolean(value);
  }

  skip(message) {
    this.#test.skip = message ?? true;
  }

  todo(message) {
    this.#test.todo = message ?? true;
  }

  test(...args) {
    return require('internal/test_runner/harness').create(this.#test, args, false);
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

  /** Asks again and again until `condition` neither throws nor rejects. */
  waitFor(condition, options = {}) {
    validateFunction(condition, 'condition');
    validateObject(options, 'options');
    const { interval = 50, timeout = 1000 } = options;
    validateNumber(interval, 'options.interval', 0, 2 ** 31 - 1);
    validateNumber(timeout, 'options.timeout', 0, 2 ** 31 - 1);
    const { promise, resolve, reject } = Promise.withResolvers();
    let timer;
    let cause;
    let isOver = false;
    const limit = setTimeout(() => {
      isOver = true;
      clearTimeout(timer);
      const error = new Error('waitFor() timed out');
      if (cause !== undefined) error.cause = cause;
      reject(error);
    }, timeout);
    const ask = async () => {
      try {
        const value = await condition();
        isOver = true;
        clearTimeout(limit);
        resolve(value);
      } catch (error) {
        cause = error;
        if (!isOver) timer = setTimeout(ask, interval);
      }
    };
    ask();
    return promise;
  }
}

module.exports = { SuiteContext, TestContext, register };
