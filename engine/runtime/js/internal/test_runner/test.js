'use strict';

// Tests and suites as a tree (https://nodejs.org/api/test.html): each runs its hooks, its function and what was made in
// it. What happens is told to the run's stream: as it happens, and once more in the order in which tests were made.

const { isPromise } = require('util').types;
const { Limit, aborted, call } = require('internal/test_runner/call');
const { failure, isFailure } = require('internal/test_runner/failure');
const { Hook, hooksAround, runHooks } = require('internal/test_runner/hooks');
const { Plan } = require('internal/test_runner/plan');
const { Report } = require('internal/test_runner/report');
const { checked } = require('internal/test_runner/options_of_test');
const { isWanted } = require('internal/test_runner/filter');
const { isExpected } = require('internal/test_runner/expected');
const { running } = require('internal/test_runner/running');

const CANCELLED = new Set(['cancelledByParent', 'testAborted', 'testTimeoutFailure']);
const ONLY_NEEDS_OPTION = "'only' and 'runOnly' require the --test-only command-line option.";

class Test {
  children = [];
  hooks = { before: [], after: [], beforeEach: [], afterEach: [] };
  error = null;
  bodyError = null;
  passed = false;
  isFinished = false;
  isStarted = false;
  runsOnlyMarked = false;
  duration = 0;
  assertions = 0;
  mocks = undefined;
  plan = undefined;
  /** Resolves when the test is over. */
  done = Promise.withResolvers();
  #controller = new AbortController();
  #limit = new Limit((error) => this.fail(error));
  #waiting = [];
  #active = 0;
  /** Decides which child is next when their order is random. */
  #draw;
  #drawn = 0;
  #context;
  #before;
  #body;

  constructor({ name, options, fn, parent, isSuite, place, run }) {
    this.parent = parent;
    this.run = run ?? parent.run;
    const { timeout, concurrency, tags, expected, signal } = checked(options, parent);
    this.name = name;
    this.fn = fn;
    this.isSuite = isSuite;
    this.place = place;
    /** What is known of it when it has passed in an earlier run. */
    const runsFiles = this.run.options.isRunner && this.run.options.isolation !== 'none';
    const before = parent === null || runsFiles ? undefined : this.run.rerun?.before(place);
    this.before = before;
    this.timeout = timeout;
    this.concurrency = concurrency;
    this.tags = tags;
    this.signal = signal;
    this.only = options.only;
    this.skip = options.skip === undefined || options.skip === false || options.skip === '' ? undefined : options.skip;
    const { todo = parent?.todo } = options;
    this.todo = todo === false ? undefined : todo;
    this.expected = expected ?? parent?.expected;
    if (options.plan !== undefined) this.plan = new Plan(options.plan);
    this.id = this.run.nextId++;
    this.nesting = parent === null ? -1 : parent.nesting + 1;
    this.report = new Report(this);
  }

  get context() {
    const { SuiteContext, TestContext } = require('internal/test_runner/context');
    this.#context ??= this.isSuite ? new SuiteContext(this) : new TestContext(this);
    return this.#context;
  }

  get abortSignal() {
    return this.#controller.signal;
  }

  get fullName() {
    return this.parent === null || this.parent.parent === null ? this.name : `${this.parent.fullName} > ${this.name}`;
  }

  get isCancelled() {
    return CANCELLED.has(this.error?.failureType);
  }

  get isIdle() {
    return this.#active === 0 && this.#waiting.length === 0;
  }

  diagnostic(message, level = 'info') {
    this.report.diagnostics.push({ message, level });
  }

  /** Where something is made in a test: its children run now, in their turn, or when the suite does. */
  add(child) {
    if ((child.only === true || this.runsOnlyMarked) && !this.run.options.only && !this.run.findsOnly) {
      child.diagnostic(ONLY_NEEDS_OPTION);
    }
    this.children.push(child);
    if (this.isOpen || (!this.isSuite && this.parent !== null)) this.schedule(child);
    return child.done.promise;
  }

  /** The children of the run itself, or of a suite, may start. */
  open() {
    this.isOpen = true;
    const { randomSeed } = this.run.options;
    if (randomSeed === undefined) {
      for (const child of this.children) this.schedule(child);
    } else {
      this.#draw = require('internal/test_runner/random_order').numbers(randomSeed);
      // All of them wait before the first is drawn.
      this.#active += Infinity;
      for (const child of [...this.children]) this.schedule(child);
      this.#active = 0;
      this.#fill();
    }
    this.#checkIdle();
  }

  schedule(child) {
    if (child.isFinished) return;
    if (child.buildsStill && !isWanted(child, this.run.options)) {
      // Whether there is anything in it is known later.
      child.buildsStill.then(() => this.#place(child));
      this.#active++;
      child.holdsPlace = true;
      return;
    }
    this.#place(child);
  }

  #place(child) {
    if (child.isFinished) return;
    if (!isWanted(child, this.run.options)) {
      child.leaveOut();
      if (child.holdsPlace) this.#free();
      return;
    }
    child.report.enqueue();
    if (child.holdsPlace) {
      child.report.dequeue(child);
      child.start();
    } else if (this.#active < this.concurrency) {
      this.#active++;
      child.report.dequeue(child);
      child.start();
    } else {
      this.#waiting.push(child);
    }
  }

  /** A place for another child is free. */
  #free() {
    this.#active--;
    this.#fill();
    this.#checkIdle();
  }

  #fill() {
    while (this.#active < this.concurrency && this.#waiting.length > 0) {
      const child = this.#nextWaiting();
      if (child.isFinished) continue;
      this.#active++;
      child.report.dequeue(this);
      child.start();
    }
  }

  #nextWaiting() {
    if (this.#draw === undefined) return this.#waiting.shift();
    const [child] = this.#waiting.splice(Math.floor(this.#draw() * this.#waiting.length), 1);
    // They are told of in the order in which they run.
    this.children.splice(this.children.indexOf(child), 1);
    this.children.splice(this.#drawn++, 0, child);
    return child;
  }

  #checkIdle() {
    if (this.parent === null && this.isIdle) this.run.idle();
  }

  /** The test is neither run nor reported. */
  leaveOut() {
    this.isFinished = true;
    this.isLeftOut = true;
    this.passed = true;
    this.done.resolve();
    this.parent.report.tellChildren();
  }

  /** The body of a suite runs when the suite is made; what it makes runs later. */
  build() {
    this.#build();
    this.isBuilt = this.buildsStill === undefined;
  }

  #build() {
    if (this.skip !== undefined || this.fn === undefined) return;
    if (this.run.options.only && this.only === false) return;
    try {
      const result = running.run(this, call, this.fn, this.context);
      if (!isPromise(result)) return;
      this.#body = Promise.resolve(result).then(undefined, (error) => this.#bodyFailed(error));
      this.buildsStill = this.#body.then(() => {
        this.buildsStill = undefined;
        this.isBuilt = true;
      });
    } catch (error) {
      this.#bodyFailed(error);
    }
  }

  #bodyFailed(error) {
    this.bodyError = isFailure(error) ? error : failure(error, 'testCodeFailure');
  }

  /** The hooks `before` run once, before the first test inside. */
  #beforeOnce() {
    if (this.#before === undefined) {
      try {
        this.#before = runHooks(this.hooks.before, this) ?? null;
      } catch (error) {
        this.#before = Promise.reject(error);
      }
      this.#before?.catch(() => {});
    }
    return this.#before;
  }

  async start() {
    this.isStarted = true;
    this.run.keepAlive();
    this.began = process.hrtime.bigint();
    if (this.error === null && this.skip === undefined) {
      this.#limit.start(this.timeout, this.signal);
      if (this.signal?.aborted) this.fail(aborted(this.signal));
      else if (this.isSuite) await this.#runSuite();
      else await this.#runTest();
    } else {
      await undefined;
    }
    this.finish();
  }

  async #runSuite() {
    if (this.#body !== undefined) await this.#attempt(() => this.#limit.race(this.#body));
    if (this.bodyError !== null) this.fail(this.bodyError);
    if (this.error === null) {
      await this.#attempt(() => this.parent.#beforeOnce());
      await this.#attempt(() => this.#beforeOnce());
    }
    if (this.error === null) {
      this.open();
      await this.#attempt(() => this.#limit.race(this.#childrenDone()));
    }
    await this.#cancelChildren();
    await this.#attempt(() => runHooks(this.hooks.after, this));
  }

  async #runTest() {
    if (this.before !== undefined) {
      await require('internal/test_runner/rerun').replay(this, this.before);
      return;
    }
    const wait = this.parent.#beforeOnce();
    if (wait !== null) await this.#attempt(() => wait);
    const beforeEach = hooksAround(this, 'beforeEach');
    if (this.error === null && beforeEach.length > 0) await this.#attempt(() => runHooks(beforeEach, this));
    if (this.error === null) {
      const began = this.#call();
      if (began !== undefined) await this.#attempt(() => began);
      await this.#attempt(() => this.#childrenOrStop());
      if (this.error === null && this.#before) await this.#attempt(() => this.#before.catch(asTestCode));
      if (this.error === null && this.plan !== undefined) {
        await this.#attempt(() => this.#limit.race(this.plan.check(this.planCount)));
      }
    }
    await this.#cancelChildren();
    this.#judgeExpectation();
    this.passed = this.error === null;
    const afterEach = hooksAround(this, 'afterEach');
    if (afterEach.length > 0) await this.#attempt(() => runHooks(afterEach, this));
    if (this.hooks.after.length > 0) await this.#attempt(() => runHooks(this.hooks.after, this));
  }

  get planCount() {
    return this.assertions + this.children.length;
  }

  #childrenOrStop() {
    return this.children.length === 0 ? undefined : this.#limit.race(this.#childrenDone());
  }

  /** Calls the test's function: nothing to wait for, or a promise. */
  #call() {
    if (this.fn === undefined) return undefined;
    try {
      const result = running.run(this, call, this.fn, this.context);
      return isPromise(result) ? this.#limit.race(result) : undefined;
    } catch (error) {
      this.fail(isFailure(error) ? error : failure(error, 'testCodeFailure'));
      return undefined;
    }
  }

  async #attempt(act) {
    try {
      await act();
    } catch (error) {
      this.fail(isFailure(error) ? error : failure(error, 'testCodeFailure'));
    }
  }

  /** Waits for all children, those made meanwhile too. */
  async #childrenDone() {
    if (this.#draw !== undefined) await Promise.all(this.children.map(({ done }) => done.promise));
    for (let index = 0; index < this.children.length; index++) await this.children[index].done.promise;
  }

  /** What has not ended when its parent must will not. */
  async #cancelChildren() {
    const left = this.children.filter((child) => !child.isFinished);
    if (left.length === 0) return;
    this.#controller.abort();
    // Those that listen to the signal know by now.
    for (const child of left) {
      child.cancel(failure('test did not finish before its parent and was cancelled', 'cancelledByParent'));
    }
    await this.#childrenDone();
  }

  /** Ends the test with this error, unless it has one. */
  cancel(error) {
    if (this.isFinished) return;
    if (!this.isStarted && this.signal?.aborted) error = aborted(this.signal);
    const isFirst = this.error === null;
    this.fail(error);
    if (!this.isStarted) {
      for (const child of this.children) child.cancel(failure(error.cause, error.failureType));
      if (isFirst) this.report.enqueueLate();
      this.isStarted = true;
      this.finish();
    } else {
      this.#limit.stop(error);
    }
  }

  /** The first failure counts. */
  fail(error) {
    if (this.error !== null || this.isFinished) return;
    this.error = error;
    // A test that merely failed has its hooks to run yet.
    if (this.isCancelled) this.#controller.abort();
    this.#limit.stop(error);
  }

  #judgeExpectation() {
    if (this.expected === undefined || this.skip !== undefined) return;
    if (this.error === null) {
      this.error = failure('test was expected to fail but passed', 'expectedFailure');
    } else if (!this.isCancelled) {
      const mismatch = isExpected(this.error, this.expected.match);
      this.error = mismatch === undefined ? null : failure(
        mismatch, 'testCodeFailure', 'The test failed, but the error did not match the expected validation');
    }
  }

  finish() {
    if (this.isFinished) return;
    if (this.error === null) {
      const failed = this.children.filter((child) => !child.passed && child.todo === undefined).length;
      if (failed > 0) this.error = failure(`${failed} subtest${failed > 1 ? 's' : ''} failed`, 'subtestsFailed');
    }
    this.isFinished = true;
    this.passed = this.error === null;
    this.duration = this.before !== undefined && !this.isSuite ? this.before.duration_ms : this.began === undefined ? 0 : Number(process.hrtime.bigint() - this.began) / 1e6;
    this.#limit.end();
    this.mocks?.reset();
    this.run.count(this);
    this.#controller.abort();
    this.report.complete();
    this.done.resolve();
    this.parent.report.tellChildren();
    if (this.isStarted && this.began !== undefined) this.parent.#free();
  }

  hook(kind, fn, options, place) {
    const hook = new Hook(kind, fn, options, this.timeout, place);
    this.hooks[kind].push(hook);
    if (kind !== 'before' || this.isSuite) return;
    // The program itself is a test that runs already, and so is one whose function is called just now.
    const earlier = this.#before;
    try {
      const result = earlier ? earlier.then(() => hook.run(this)) : hook.run(this);
      this.#before = result ?? earlier ?? null;
    } catch (error) {
      this.#before = Promise.reject(error);
    }
    this.#before?.catch(() => {});
  }

  /** What the hooks `before` of the run itself came to. */
  get beforeResult() {
    return this.#before;
  }
}

/** A hook that fails in a test's own function fails its code. */
function asTestCode(error) {
  throw failure(error.cause, 'testCodeFailure');
}

module.exports = { Test };
