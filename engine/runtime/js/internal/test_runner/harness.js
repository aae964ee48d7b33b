'use strict';

// The tests of a program: they begin when its main script has run, and are summed up when nothing is left to do.

const { validateFunction } = require('internal/validators');
const { Test, failure, running } = require('internal/test_runner/test');
const { Reporter } = require('internal/test_runner/reporter');

let root;

function theRoot() {
  if (root !== undefined) return root;
  const reporter = new Reporter();
  root = new Test({ name: '<root>', options: { concurrency: 1 }, fn: undefined, parent: null, isSuite: true, place: {}, reporter });
  process.nextTick(() => root.open());
  process.once('beforeExit', async () => {
    for (const child of root.children) cancelPending(child);
    await Promise.resolve();
    for (const { fn } of root.hooks.after) await fn(root.context());
  });
  process.once('exit', () => {
    for (const child of root.children) cancelPending(child);
    reporter.sum(root);
  });
  return root;
}

/** Nothing can end these any more. */
function cancelPending(test) {
  if (test.isFinished) return;
  for (const child of test.children) cancelPending(child);
  test.finish(failure('Promise resolution is still pending but the event loop has already resolved', 'cancelledByParent'));
}

/** Where in the script a test stands. */
function placeOfCaller() {
  const site = require('util').getCallSites(20).find(({ scriptName }) => scriptName !== '' && !scriptName.startsWith('node:'));
  if (site === undefined) return {};
  const file = site.scriptName.startsWith('file:') ? require('url').fileURLToPath(site.scriptName) : site.scriptName;
  return { file, line: site.lineNumber, column: site.columnNumber };
}

function normalize(name, options, fn) {
  if (typeof name === 'function') {
    fn = name;
    name = undefined;
    options = {};
  } else if (name !== null && typeof name === 'object') {
    fn = options;
    options = name;
    name = undefined;
  } else if (typeof options === 'function') {
    fn = options;
    options = {};
  }
  options = { ...options };
  if (fn !== undefined) validateFunction(fn, 'fn');
  return { name: name || fn?.name || '<anonymous>', options, fn };
}

/** A test or suite inside `parent`. */
function create(parent, ...args) {
  const isSuite = args.pop();
  const { name, options, fn } = normalize(...args);
  const test = new Test({ name: String(name), options, fn, parent, isSuite, place: placeOfCaller() });
  if (!isSuite) {
    if (fn === undefined && !test.todo) test.skip ||= false;
    return parent.add(test);
  }
  const promise = parent.add(test);
  if (!test.skip && fn !== undefined) {
    // The body of a suite runs at once; what it makes runs later.
    try {
      const body = running.run(test, () => fn(test.context()));
      if (typeof body?.then === 'function') body.then(undefined, (error) => test.children.push(failedBody(test, error)));
    } catch (error) {
      test.children.push(failedBody(test, error));
    }
  }
  return promise;
}

/** A suite whose body threw has a child that failed with that. */
function failedBody(suite, error) {
  const child = new Test({ name: suite.name, options: {}, fn: undefined, parent: suite, isSuite: false, place: suite.place });
  child.done = Promise.resolve();
  child.finish(failure(error, 'testCodeFailure'));
  return child;
}

/** The test or suite that what is made now belongs to. */
function current() {
  return running.getStore() ?? theRoot();
}

module.exports = { create, current };
