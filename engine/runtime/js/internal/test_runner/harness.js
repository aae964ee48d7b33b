'use strict';

// The tests of a program: they begin when its main script has run, and are summed up when nothing is left to do.

const { failure } = require('internal/test_runner/failure');
const { commandLine, reportersOf } = require('internal/test_runner/options');
const { Run } = require('internal/test_runner/run');
const { Test } = require('internal/test_runner/test');
const { hooking, running } = require('internal/test_runner/running');

/** The run that `test()` adds to when no test is running. */
let global;
let isOpen = false;

/** Hooks that modules make which are loaded before the runner begins. */
const early = {
  made: [],
  hook(...args) {
    this.made.push(args);
  },
};

function theRoot() {
  if (global === undefined && commandLine().isRunner) return early;
  global ??= ofProgram();
  return global.root;
}

/** The run of a program that makes tests itself. */
function ofProgram() {
  const options = commandLine();
  const file = process.argv[1];
  const run = new Run({
    ...options,
    concurrency: 1,
    findsOnly: !options.isChild,
    isPart: options.isChild,
    place: file === undefined ? {} : { line: 1, column: 1, file },
    onIdle: options.forceExit ? forceExit : undefined,
  });
  run.entryFile = file;
  watchProcess(run);
  const connect = require('internal/test_runner/reporters');
  const wanted = reportersOf(options.reporters, options.destinations, options.isChild);
  process.nextTick(async () => {
    const whenWritten = connect.all(run.stream, wanted);
    run.written = whenWritten;
    await connect.ready(whenWritten);
    isOpen = true;
    run.open();
  });
  return run;
}

/** Ends the process as soon as the tests have. */
async function forceExit(run) {
  await undefined;
  await undefined;
  if (!run.root.isIdle || !run.root.isOpen) return;
  setExitCode(await run.end());
  await require('internal/test_runner/reporters').written(run.written);
  process.exit();
}

function setExitCode(isSuccess) {
  if (!isSuccess) process.exitCode = 1;
}

/** What escapes from tests, and the end of the process. */
function watchProcess(run) {
  process.on('uncaughtException', (error) => escaped(run, error, 'uncaughtException'));
  process.on('unhandledRejection', (error) => escaped(run, error, 'unhandledRejection'));
  const end = async () => {
    if (!isOpen) return;
    process.removeListener('beforeExit', end);
    setExitCode(await run.end());
  };
  process.on('beforeExit', end);
}

/** An error that nobody has caught belongs to the test that caused it. */
function escaped(run, error, kind) {
  const test = running.getStore();
  if (test !== undefined && test.run === run && test.parent !== null && !test.isFinished) {
    test.cancel(failure(error, kind));
    return;
  }
  if (!isOpen) throw error;
  process.exitCode = 1;
  const words = String(error);
  const hook = hooking.getStore();
  if (hook === undefined && (test === undefined || test.parent === null)) {
    run.root.diagnostic('Error: A resource generated asynchronous activity after the test ended. This activity created ' +
      `the error "${words}" which triggered an ${kind} event, caught by the test runner.`, 'warn');
    return;
  }
  const { file, line, column } = hook?.place ?? test.place;
  const who = hook === undefined ? `Test "${test.name}"` : `Test hook "${hook.kind}"`;
  const place = file === undefined ? '' : ` at ${require('path').relative(process.cwd(), file)}:${line}:${column}`;
  run.root.diagnostic(`Error: ${who}${place} generated asynchronous activity after the test ended. This ` +
    `activity created the error "${words}" and would have caused the test to fail, but instead triggered an ${kind} event.`,
  'warn');
}

/** Where in the script a test stands. */
function placeOfCaller() {
  const site = require('util').getCallSites(20).find(({ scriptName }) => !scriptName.startsWith('node:'));
  // Code made of text stands nowhere.
  if (site === undefined || site.scriptName === '') return {};
  const file = site.scriptName.startsWith('file:') ? require('url').fileURLToPath(site.scriptName) : site.scriptName;
  return { file, line: site.lineNumber, column: site.columnNumber };
}

function normalize(name, options, fn) {
  if (typeof name === 'function') {
    fn = name;
  } else if (name !== null && typeof name === 'object') {
    fn = options;
    options = name;
  } else if (typeof options === 'function') {
    fn = options;
  }
  if (options === null || typeof options !== 'object') options = {};
  if (typeof fn !== 'function') fn = undefined;
  return { name: typeof name === 'string' && name !== '' ? name : fn?.name || '<anonymous>', options: { ...options }, fn };
}

/** A test or suite inside `parent`. */
function create(parent, args, isSuite, overrides, place = placeOfCaller()) {
  const { name, options, fn } = normalize(...args);
  const isLate = (parent.isFinished || parent.isBuilt === true) && parent.parent !== null;
  const around = isLate ? parent.run.root : parent;
  const test = new Test({
    name, options: { ...options, ...overrides }, fn, parent: around, isSuite, place,
  });
  if (isLate) {
    test.error = failure('test could not be started because its parent finished', 'parentAlreadyFinished');
  } else {
    if (isSuite) test.build();
    around.plan?.counted(around.planCount + 1);
  }
  const promise = around.add(test);
  // In a suite nobody has to wait: everything there runs after its body.
  return isSuite || (around.isSuite && !isLate) ? Promise.resolve() : promise;
}

/** The test or suite that what is made now belongs to. */
function current() {
  return running.getStore() ?? theRoot();
}

/** Makes `test()` add to this run, as long as files are loaded into the process of the runner. */
function adopt(run) {
  global = run;
  for (const args of early.made.splice(0)) run.root.hook(...args);
  isOpen = true;
  watchProcess(run);
}

module.exports = { adopt, create, current, placeOfCaller, setExitCode, theRoot };
