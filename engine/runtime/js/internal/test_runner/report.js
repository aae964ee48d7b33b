'use strict';

// What is told of one test (https://nodejs.org/api/test.html#class-testsstream). That it waits, starts and ends is told
// at once; what became of it only when everything made before it has been told.

class Report {
  diagnostics = [];
  #test;
  /** Index of the child whose turn it is to be told. */
  #next = 0;
  #numbered = 0;
  #told = 0;
  #isHeadTold = false;
  #number = 0;

  constructor(test) {
    this.#test = test;
  }

  get #base() {
    const { name, nesting, id, parent } = this.#test;
    return { name, nesting, testId: id, parentId: parent.id };
  }

  get #place() {
    const { line, column, file } = this.#test.place;
    return file === undefined ? {} : { line, column, file };
  }

  #tell(type, data) {
    this.#test.run.tell(type, { __proto__: null, ...data });
  }

  enqueue() {
    this.isEnqueued = true;
    this.#number = ++this.#test.parent.report.#numbered;
    this.#tellQueue('test:enqueue', this.#test);
  }

  dequeue(kind) {
    this.#tellQueue('test:dequeue', kind);
  }

  /** A test that was cancelled before its turn came is heard of nevertheless. */
  enqueueLate() {
    if (this.isEnqueued) return;
    this.enqueue();
    this.dequeue(this.#test);
  }

  #tellQueue(type, { isSuite, parent }) {
    const { name, nesting, id, tags, parent: around } = this.#test;
    const kind = isSuite && parent !== null ? 'suite' : 'test';
    this.#tell(type, { nesting, name, type: kind, testId: id, parentId: around.id, tags, ...this.#place });
  }

  #details(withResult) {
    const { duration, isSuite, error, parent, passed } = this.#test;
    const details = { duration_ms: duration, type: isSuite ? 'suite' : 'test' };
    if (passed && this.#test.before !== undefined) details.passed_on_attempt = this.#test.before.passed_on_attempt;
    else if (passed && this.#test.run.rerun !== undefined) details.passed_on_attempt = this.#test.run.rerun.attempt;
    if (error !== null) details.error = error;
    const classname = classOf(parent);
    if (classname !== undefined) details.classname = classname;
    if (withResult) details.passed = passed;
    return details;
  }

  #directive() {
    const { skip, todo, expected } = this.#test;
    if (skip !== undefined) return { skip };
    if (todo !== undefined) return { todo };
    if (expected !== undefined) return { expectFailure: expected.label ?? true };
    return {};
  }

  #outcome(withResult) {
    const { name, nesting, testId, parentId } = this.#base;
    const classname = classOf(this.#test.parent);
    return {
      name, nesting, testNumber: this.#number, testId, parentId, details: this.#details(withResult),
      tags: this.#test.tags, ...(classname === undefined || withResult ? {} : { classname }), ...this.#place,
      ...this.#directive(),
    };
  }

  complete() {
    if (!this.isEnqueued) this.enqueueLate();
    this.#tell('test:complete', this.#outcome(true));
  }

  /** Whether this test is the next one to be told. */
  get isNext() {
    const { parent } = this.#test;
    if (parent === null) return true;
    const { report } = parent;
    return report.isNext && parent.children[report.#next] === this.#test;
  }

  /** Tells of children that are over, as far as their order allows. */
  tellChildren() {
    if (!this.isNext) return;
    const { children } = this.#test;
    this.#test.flush?.();
    while (this.#next < children.length) {
      const child = children[this.#next];
      // What is inside may already be told.
      child.report.tellChildren();
      if (!child.isFinished) return;
      if (!child.isLeftOut) {
        child.report.#tellSelf();
        this.#told++;
      }
      this.#next++;
    }
  }

  #tellHead() {
    const { nesting, name, id, parent, tags } = this.#test;
    if (this.#isHeadTold || parent === null) return;
    this.#isHeadTold = true;
    parent.report.#tellHead();
    if (this.#test.isFileWithTests) return;
    this.#tell('test:start', { nesting, name, testId: id, parentId: parent.id, tags, ...this.#place });
  }

  #tellSelf() {
    const test = this.#test;
    if (test.isFileWithTests) return;
    this.#tellHead();
    if (this.#told > 0) this.#tell('test:plan', { nesting: test.nesting + 1, count: this.#told, ...this.#place });
    if (test.nesting === 0) test.run.topLevel++;
    this.#tell(test.passed ? 'test:pass' : 'test:fail', this.#outcome(false));
    this.tellDiagnostics();
  }

  tellDiagnostics() {
    const nesting = Math.max(this.#test.nesting, 0);
    for (const { message, level } of this.diagnostics) {
      this.#tell('test:diagnostic', { nesting, message, level, ...this.#place });
    }
    this.diagnostics.length = 0;
  }

  log(message, data) {
    const { name, nesting, testId, parentId } = this.#base;
    this.#tell('test:log', { name, nesting, testId, parentId, message, data, ...this.#place });
  }

  get place() {
    return this.#place;
  }
}

/** Names of what is around a test. */
function classOf(parent) {
  const names = [];
  for (let at = parent; at.parent !== null; at = at.parent) names.unshift(at.name);
  return names.length === 0 ? undefined : names.join('.');
}

module.exports = { Report };
