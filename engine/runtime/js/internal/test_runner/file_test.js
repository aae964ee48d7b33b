'use strict';

// A file that runs as a test, in a process of its own (https://nodejs.org/api/test.html#test-runner-execution-model).

const path = require('path');
const { failure } = require('internal/test_runner/failure');
const { inherited } = require('internal/test_runner/options');
const { Test } = require('internal/test_runner/test');
const { Decoder } = require('internal/test_runner/wire');

/** What is told as it happens, whatever the order of files. */
const AT_ONCE = new Set(['test:enqueue', 'test:dequeue', 'test:complete', 'test:log']);
const isWatched = process.env.WATCH_REPORT_DEPENDENCIES === '1';
const CANCELLED = new Set(['cancelledByParent', 'testAborted', 'testTimeoutFailure']);

class FileTest extends Test {
  #items = [];
  #hasTests = false;
  #hasFailed = false;

  constructor(name, root, options) {
    const file = path.resolve(options.cwd, name);
    super({
      name,
      // Time is for the tests in it, which know of it.
      options: { timeout: Infinity, signal: options.signal },
      fn: () => this.#spawn(file, options),
      parent: root,
      isSuite: false,
      place: { line: 1, column: 1, file },
    });
    this.entryFile = file;
  }

  /** Its tests are told of instead of itself, unless something else went wrong in it. */
  get isFileWithTests() {
    return this.#hasTests && (this.error === null || this.error.failureType === 'subtestsFailed');
  }

  async #spawn(file, options) {
    const { spawn } = require('child_process');
    const stop = new AbortController();
    this.abortSignal.addEventListener('abort', () => stop.abort());
    const child = spawn(process.execPath, argumentsOf(file, options), {
      __proto__: null,
      cwd: options.cwd,
      env: { ...options.env, NODE_TEST_CONTEXT: 'child-v8', NODE_TEST_WORKER_ID: String(options.worker.next()) },
      killSignal: 'SIGTERM',
      signal: stop.signal,
      stdio: isWatched ? ['ignore', 'pipe', 'pipe', 'ipc'] : ['ignore', 'pipe', 'pipe'],
    });
    // Whoever watches is told what the file has loaded.
    if (isWatched) child.on('message', (message) => process.connected && process.send(message));
    let problem;
    child.on('error', (error) => {
      problem = error;
    });
    const ended = [this.#readOutput(child.stdout), this.#readErrors(child.stderr)];
    const [exitCode, signal] = await new Promise((resolve) => child.on('exit', (...how) => resolve(how)));
    await Promise.all(ended);
    if (exitCode === 0 && signal === null) return;
    if (problem !== undefined && problem.name !== 'AbortError') throw problem;
    const error = failure('test failed', this.#hasFailed ? 'subtestsFailed' : 'testCodeFailure');
    error.exitCode = exitCode;
    error.signal = signal;
    error.stack = undefined;
    throw error;
  }

  #readOutput(stream) {
    const decoder = new Decoder({
      onEvent: (event) => this.#take(event),
      onText: (bytes) => this.#say('test:stdout', bytes.toString()),
    });
    return new Promise((resolve) => {
      stream.on('data', (chunk) => decoder.add(chunk));
      stream.on('close', () => {
        decoder.end();
        resolve();
      });
    });
  }

  #readErrors(stream) {
    const lines = require('readline').createInterface({ input: stream, crlfDelay: Infinity });
    lines.on('line', (line) => this.#say('test:stderr', `${line}\n`));
    return new Promise((resolve) => lines.on('close', resolve));
  }

  #say(type, message) {
    this.#take({ type, data: { __proto__: null, file: this.entryFile, message } });
  }

  /** Something happened in the file. */
  #take({ type, data }) {
    data.entryFile = this.entryFile;
    if (AT_ONCE.has(type)) {
      this.run.tell(type, data);
      return;
    }
    if (type === 'test:pass' || type === 'test:fail') this.#count(type === 'test:pass', data);
    this.#items.push({ type, data });
    this.flush();
  }

  #count(passed, { details, skip, todo }) {
    this.#hasTests = true;
    const isTodo = todo !== undefined;
    if (!passed && !isTodo) this.#hasFailed = true;
    this.run.countOne({
      isSuite: details.type === 'suite', isSkipped: skip !== undefined, isTodo, passed,
      isCancelled: CANCELLED.has(details.error?.failureType),
    });
  }

  /** Tells what is to be told in order, when it is this file's turn. */
  flush() {
    if (!this.report.isNext) return;
    for (const { type, data } of this.#items) {
      if ((type === 'test:pass' || type === 'test:fail') && data.nesting === 0) data.testNumber = ++this.run.topLevel;
      this.run.tell(type, data);
    }
    this.#items.length = 0;
  }
}

/** The command line for a file. */
function argumentsOf(file, options) {
  const flags = [...inherited()];
  for (const pattern of options.namePatterns) flags.push(`--test-name-pattern=${pattern}`);
  for (const pattern of options.skipPatterns) flags.push(`--test-skip-pattern=${pattern}`);
  for (const text of options.tagFilterTexts) flags.push(`--experimental-test-tag-filter=${text}`);
  if (options.randomSeed !== undefined) flags.push(`--test-random-seed=${options.randomSeed}`);
  if (options.rerunFile !== undefined) flags.push(`--test-rerun-failures=${options.rerunFile}`);
  if (options.only) flags.push('--test-only');
  if (options.forceExit) flags.push('--test-force-exit');
  if (options.updateSnapshots) flags.push('--test-update-snapshots');
  if (options.timeout !== Infinity && options.timeout !== undefined) flags.push(`--test-timeout=${options.timeout}`);
  flags.push(...options.execArgv, file, ...options.argv);
  return flags;
}

module.exports = { FileTest };
