'use strict';

// Tests and suites as a tree (https://nodejs.org/api/test.html): each runs its hooks, its function and what was made in it.

const { AsyncLocalStorage } = require('internal/async_local_storage');
const { codes } = require('internal/errors');
const { validateAbortSignal, validateFunction, validateNumber, validateUint32 } = require('internal/validators');

/** The test whose function runs. */
const running = new AsyncLocalStorage();

const HOOKS = ['before', 'after', 'beforeEach', 'afterEach'];

/** What a test failed with, and in which way. */
function failure(cause, failureType) {
  const message = typeof cause === 'string' ? cause : cause?.message ?? require('util').inspect(cause);
  const error = new codes.ERR_TEST_FAILURE(message);
  error.failureType = failureType;
  error.cause = cause;
  return error;
}

class Test {
  children = [];
  hooks = { before: [], after: [], beforeEach: [], afterEach: [] };
  error = null;
  passed = false;
  cancelled = false;
  isFinished = false;
  headShown = false;
  diagnostics = [];
  planned = undefined;
  assertions = 0;
  mocks = undefined;
  duration = 0;
  #controller = new AbortController();
  #queue = Promise.resolve();
  #waiting = [];
  #active = 0;

  constructor({ name, options, fn, parent, isSuite, place, reporter }) {
    this.name = name;
    this.fn = fn;
    this.parent = parent;
    this.isSuite = isSuite;
    this.place = place;
    this.reporter = reporter ?? parent.reporter;
    this.depth = parent === null ? -1 : parent.depth + 1;
    this.skip = options.skip ?? false;
    this.todo = options.todo ?? false;
    this.timeout = options.timeout ?? Infinity;
    this.signal = options.signal;
    this.planned = options.plan;
    const { concurrency } = options;
    if (concurrency === true) this.concurrency = isSuite ? Infinity : require('os').availableParallelism();
    else this.concurrency = typeof concurrency === 'number' ? concurrency : 1;
    if (this.signal !== undefined) validateAbortSignal(this.signal, 'options.signal');
    if (options.timeout !== undefined && options.timeout !== Infinity && options.timeout !== null) validateNumber(options.timeout, 'options.timeout', 0, 2 ** 31 - 1);
    if (typeof concurrency === 'number') validateUint32(concurrency, 'options.concurrency', true);
  }

  get abortSignal() {
    return this.#controller.signal;
  }

  get fullName() {
    return this.parent === null || this.parent.parent === null ? this.name : `${this.parent.fullName} > ${this.name}`;
  }

  /** A test or suite inside this one; it runs when there is room for it. Returns the promise of its end. */
  add(child) {
    this.children.push(child);
    if (this.isFinished) {
      child.finish(failure('test could not be started because its parent finished', 'parentAlreadyFinished'));
      return Promise.resolve();
    }
    const { promise, resolve } = Promise.withResolvers();
    this.#waiting.push(() => child.run().then(resolve));
    // A suite's children wait until its body has run.
    if (!this.isSuite || this.isOpen) this.#startNext();
    child.done = promise;
    return promise;
  }

  #startNext() {
    while (this.#active < this.concurrency && this.#waiting.length > 0) {
      this.#active++;
      this.#waiting.shift()().then(() => {
        this.#active--;
        this.#startNext();
      });
    }
  }

  /** The children of a suite may start. */
  open() {
    this.isOpen = true;
    this.#startNext();
  }

  async #runHooks(kind, subject) {
    for (const { fn, options } of this.hooks[kind]) {
      await limited(() => running.run(subject, () => call(fn, subject.context())), options.timeout ?? Infinity, subject);
    }
  }

  /** Hooks of all suites around, the outermost first. */
  async #runEach(kind) {
    const chain = [];
    for (let test = this.parent; test !== null; test = test.parent) chain.push(test);
    if (kind === 'beforeEach') chain.reverse();
    for (const test of chain) await test.#runHooks(kind, this);
  }

  context() {
    this.ownContext ??= new (require('internal/test_runner/context').TestContext)(this);
    return this.ownContext;
  }

  async #ensureBefore() {
    // `before` runs when the first test inside does.
    this.begun ??= this.#runHooks('before', this);
    await this.begun;
  }

  async run() {
    const start = performance.now();
    this.reporter.start(this);
    let error = null;
    try {
      if (this.parent !== null) await this.parent.#ensureBefore();
      if (!this.skip) error = await this.#runAll();
    } catch (thrown) {
      error = thrown?.code === 'ERR_TEST_FAILURE' ? thrown : failure(thrown, 'hookFailed');
    }
    this.duration = performance.now() - start;
    this.finish(error);
  }

  async #runAll() {
    let error = null;
    const attempt = async (act, type) => {
      try {
        await act();
      } catch (thrown) {
        error ??= thrown?.code === 'ERR_TEST_FAILURE' ? thrown : failure(thrown, type);
      }
    };
    if (this.isSuite) {
      this.open();
      await this.#settleChildren();
      await attempt(() => this.#runHooks('after', this), 'hookFailed');
    } else {
      await attempt(() => this.#runEach('beforeEach'), 'hookFailed');
      if (error === null && this.fn !== undefined) {
        await attempt(() => limited(() => running.run(this, () => call(this.fn, this.context())), this.timeout, this, this.signal), 'testCodeFailure');
      }
      await this.#settleChildren();
      await attempt(() => this.#runHooks('after', this), 'hookFailed');
      await attempt(() => this.#runEach('afterEach'), 'hookFailed');
      if (error === null && this.planned !== undefined) {
        const count = this.assertions + this.children.length;
        if (count !== this.planned) error = failure(`plan expected ${this.planned} assertions but received ${count}`, 'testCodeFailure');
      }
    }
    this.mocks?.reset();
    const failed = this.children.filter((child) => !child.passed && !child.todo).length;
    if (error === null && failed > 0) error = failure(`${failed} subtest${failed > 1 ? 's' : ''} failed`, 'subtestsFailed');
    return error;
  }

  async #settleChildren() {
    for (let index = 0; index < this.children.length; index++) await this.children[index].done;
  }

  finish(error) {
    if (this.isFinished) return;
    this.isFinished = true;
    this.error = error;
    this.passed = error === null;
    const type = error?.failureType;
    this.cancelled = type === 'testTimeoutFailure' || type === 'testAborted' || type === 'cancelledByParent';
    this.#controller.abort();
    if (!this.passed && !this.todo) process.exitCode = 1;
    this.reporter.finish(this);
  }

  hook(kind, fn, options = {}) {
    validateFunction(fn, 'fn');
    this.hooks[kind].push({ fn, options });
    // The program itself is a test that runs already.
    if (this.parent === null && kind === 'before') this.begun = Promise.all([this.begun, this.#runHooks('before', this)]);
  }
}

/** Calls a function of a test: with `done` as a second parameter it says itself when it is over. */
function call(fn, context) {
  if (fn.length < 2) return Reflect.apply(fn, context, [context]);
  return new Promise((resolve, reject) => {
    let isDone = false;
    const returned = Reflect.apply(fn, context, [context, (error) => {
      if (isDone) {
        reject(failure('callback invoked multiple times', 'multipleCallbackInvocations'));
        return;
      }
      isDone = true;
      if (error) reject(error);
      else resolve();
    }]);
    if (typeof returned?.then === 'function') {
      reject(failure('passed a callback but also returned a Promise', 'callbackAndPromisePresent'));
    }
  });
}

/** Runs `act`, but no longer than allowed. */
async function limited(act, timeout, test, signal) {
  if (timeout === Infinity && signal === undefined) {
    await act();
    return;
  }
  const { promise, reject } = Promise.withResolvers();
  promise.catch(() => {});
  const timer = timeout === Infinity || timeout === null ? undefined :
    setTimeout(() => reject(failure(`test timed out after ${timeout}ms`, 'testTimeoutFailure')), timeout);
  const abort = () => reject(failure(signal.reason ?? 'test aborted', 'testAborted'));
  if (signal?.aborted) abort();
  else signal?.addEventListener('abort', abort, { once: true });
  try {
    await Promise.race([act(), promise]);
  } finally {
    if (timer !== undefined) clearTimeout(timer);
    signal?.removeEventListener('abort', abort);
  }
}

module.exports = { HOOKS, Test, failure, running };
