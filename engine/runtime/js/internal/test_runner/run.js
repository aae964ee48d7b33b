'use strict';

// One run of tests: what it is to do, what it counts, and whom it tells (https://nodejs.org/api/test.html#runoptions).

// Tests may put others in their place.
const { clearInterval, setInterval } = require('timers');
const { failure } = require('internal/test_runner/failure');
const { hasOnly } = require('internal/test_runner/filter');
const { runHooks } = require('internal/test_runner/hooks');
const { TestsStream } = require('internal/test_runner/stream');
const { Test } = require('internal/test_runner/test');

/** The longest time of a timer. */
const LONGEST = 2 ** 31 - 1;
const PENDING = 'Promise resolution is still pending but the event loop has already resolved';

class Run {
  stream = new TestsStream();
  nextId = 0;
  /** Tests told of that are in no other. */
  topLevel = 0;
  /** Less ran of the files than was asked for. */
  missesCoverage = false;
  counts = { tests: 0, failed: 0, passed: 0, cancelled: 0, skipped: 0, todo: 0, topLevel: 0, suites: 0 };
  #began = process.hrtime.bigint();
  #afterRan = false;
  #after;
  #ended;
  #alive;

  /**
   * `options`: namePatterns, skipPatterns, only, timeout, concurrency, isPart (somebody else sums up), findsOnly (a test
   * marked with `only` is enough to run no others), onIdle.
   */
  constructor(options) {
    this.options = { ...options };
    this.findsOnly = options.findsOnly ?? false;
    if (options.rerunFile !== undefined) {
      const { Rerun } = require('internal/test_runner/rerun');
      this.rerun = new Rerun(options.rerunFile, options.cwd ?? process.cwd());
    }
    const { concurrency = 1, timeout = Infinity, signal, place = {} } = options;
    this.root = new Test({
      name: '<root>', options: { concurrency, timeout, signal }, fn: undefined, parent: null, isSuite: false, place,
      run: this,
    });
  }

  tell(type, data) {
    this.rerun?.note(type, data);
    TestsStream.tell(this.stream, type, data);
  }

  open() {
    if (this.findsOnly && this.root.children.some(hasOnly)) this.options.only = true;
    this.root.open();
  }

  count(test) {
    if (test.parent === null || test.isFileWithTests) return;
    const { isSuite, skip, todo, isCancelled, passed } = test;
    this.countOne({ isSuite, isSkipped: skip !== undefined, isTodo: todo !== undefined, isCancelled, passed });
  }

  countOne({ isSuite, isSkipped, isTodo, isCancelled, passed }) {
    const { counts } = this;
    if (isSuite) {
      counts.suites++;
      return;
    }
    counts.tests++;
    if (isSkipped) counts.skipped++;
    else if (isTodo) counts.todo++;
    else if (isCancelled) counts.cancelled++;
    else if (passed) counts.passed++;
    else counts.failed++;
  }

  /** A test that waits for something keeps the process. */
  keepAlive() {
    this.#alive ??= setInterval(() => {}, LONGEST);
  }

  /** Nothing runs just now. */
  idle() {
    clearInterval(this.#alive);
    this.#alive = undefined;
    if (!this.#afterRan && this.root.children.length > 0) {
      this.#afterRan = true;
      queueMicrotask(() => this.#runAfter());
    }
    this.options.onIdle?.(this);
  }

  #runAfter() {
    this.#after ??= this.#failRootBy(() => runHooks(this.root.hooks.after, this.root));
    return this.#after;
  }

  async #failRootBy(act) {
    try {
      await act();
    } catch (error) {
      this.root.error ??= error;
    }
  }

  /** Ends what never will by itself, and sums up. Returns whether all is well. */
  end() {
    this.#ended ??= this.#end();
    return this.#ended;
  }

  async #end() {
    const { root } = this;
    for (const child of root.children) {
      if (!child.isFinished) child.cancel(failure(PENDING, 'cancelledByParent'));
    }
    await Promise.all(root.children.map(({ done }) => done.promise));
    for (let index = 0; index < root.children.length; index++) await root.children[index].done.promise;
    await this.#failRootBy(() => root.beforeResult);
    await this.#runAfter();
    if (this.options.updateSnapshots) require('internal/test_runner/snapshot').write();
    this.#tellRootFailure();
    this.#sum();
    if (!this.options.isPart) this.rerun?.write();
    TestsStream.end(this.stream);
    return this.isSuccess;
  }

  get isSuccess() {
    const { failed, cancelled } = this.counts;
    const { root } = this;
    const hasFailed = root.children.some((child) => !child.passed && child.todo === undefined && child.skip === undefined);
    return !this.missesCoverage && failed === 0 && cancelled === 0 && root.error === null && !hasFailed;
  }

  /** Hooks of the program fail it as if it were a test. */
  #tellRootFailure() {
    const { error, place, tags } = this.root;
    if (error === null || this.options.isRunner) return;
    const hook = [...this.root.hooks.before, ...this.root.hooks.after].find(({ failed }) => failed === error);
    this.tell('test:fail', {
      __proto__: null, name: place.file ?? '<root>', nesting: 0, testNumber: this.topLevel + 1,
      details: { __proto__: null, duration_ms: Number(process.hrtime.bigint() - this.#began) / 1e6, error },
      tags, ...(hook?.place ?? this.root.report.place),
    });
  }

  #sum() {
    const { counts, root } = this;
    const duration = Number(process.hrtime.bigint() - this.#began) / 1e6;
    const { place } = root.report;
    if (!this.options.isPart || this.topLevel === 0) this.tell('test:plan', { __proto__: null, nesting: 0, count: this.topLevel, ...place });
    root.report.tellDiagnostics();
    if (!this.options.isPart) this.#tellCounts(duration);
    if (this.options.coverage !== undefined && !this.options.isPart) this.#tellCoverage(place);
    this.tell('test:summary', {
      __proto__: null,
      success: this.isSuccess,
      counts: { ...counts, topLevel: this.topLevel },
      duration_ms: duration,
      ...(place.file === undefined ? {} : { file: place.file }),
    });
  }

  #tellCoverage(place) {
    const { complaints, summarize } = require('internal/test_runner/coverage');
    const summary = summarize(this.options.coverage);
    for (const text of complaints(summary)) {
      this.missesCoverage = true;
      process.exitCode = 1;
      this.root.diagnostic(text, 'error');
    }
    this.root.report.tellDiagnostics();
    this.tell('test:coverage', { __proto__: null, nesting: 0, summary, ...place });
  }

  #tellCounts(duration) {
    const { isRunner, randomSeed } = this.options;
    if (isRunner && randomSeed !== undefined) this.root.diagnostic(`Randomized test order seed: ${randomSeed}`);
    const { tests, suites, passed, failed, cancelled, skipped, todo } = this.counts;
    const lines = { tests, suites, pass: passed, fail: failed, cancelled, skipped, todo, duration_ms: duration };
    for (const name of Object.keys(lines)) this.root.diagnostic(`${name} ${lines[name]}`);
    this.root.report.tellDiagnostics();
  }
}

module.exports = { Run };
