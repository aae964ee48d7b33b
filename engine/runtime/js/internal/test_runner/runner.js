'use strict';

// Runs files as tests (https://nodejs.org/api/test.html#runoptions).

const path = require('path');
const { pathToFileURL } = require('url');
const { codes } = require('internal/errors');
const {
  validateAbortSignal, validateBoolean, validateFunction, validateInteger, validateNumber, validateObject, validateOneOf,
  validateString, validateStringArray, validateUint32,
} = require('internal/validators');
const { find, shardOf } = require('internal/test_runner/files');
const { FileTest } = require('internal/test_runner/file_test');
const { commandLine, toPattern } = require('internal/test_runner/options');
const { Run } = require('internal/test_runner/run');

const MAX_TIMEOUT = 2 ** 31 - 1;

function patternsOf(value, name) {
  if (value === undefined || value === null) return [];
  return (Array.isArray(value) ? value : [value]).map((pattern, index) => {
    if (pattern instanceof RegExp || require('util').types.isRegExp(pattern)) return pattern;
    if (typeof pattern !== 'string') {
      throw new codes.ERR_INVALID_ARG_TYPE(`options.${name}[${index}]`, ['string', 'RegExp'], pattern);
    }
    return toPattern(pattern);
  });
}

function shardIn(shard) {
  if (shard === undefined || shard === null) return undefined;
  validateObject(shard, 'options.shard');
  // Getters are asked once.
  const { index, total } = { __proto__: null, index: shard.index, total: shard.total };
  validateInteger(total, 'options.shard.total', 1);
  validateInteger(index, 'options.shard.index', 1, total);
  return { index, total };
}

function concurrencyIn(value, isolation) {
  if (isolation === 'none') return 1;
  const most = Math.max(require('os').availableParallelism() - 1, 1);
  if (value === undefined || value === true) return most;
  if (value === false) return 1;
  if (typeof value !== 'number') throw new codes.ERR_INVALID_ARG_TYPE('options.concurrency', ['boolean', 'number'], value);
  validateUint32(value, 'options.concurrency', true);
  return value;
}

function array(value, name) {
  if (value === undefined || value === null) return;
  if (!Array.isArray(value)) throw new codes.ERR_INVALID_ARG_TYPE(`options.${name}`, 'Array', value);
}

/** What coverage is to be collected. */
function coverageIn(options, cwd) {
  const list = (value, name) => {
    if (value === undefined || value === null) return [];
    const texts = Array.isArray(value) ? value : [value];
    validateStringArray(texts, `options.${name}`);
    return texts;
  };
  const share = (value, name) => {
    validateInteger(value, `options.${name}`, 0, 100);
    return value;
  };
  return {
    cwd,
    includes: list(options.coverageIncludeGlobs, 'coverageIncludeGlobs'),
    excludes: list(options.coverageExcludeGlobs, 'coverageExcludeGlobs'),
    thresholds: {
      __proto__: null,
      line: share(options.lineCoverage ?? 0, 'lineCoverage'),
      branch: share(options.branchCoverage ?? 0, 'branchCoverage'),
      function: share(options.functionCoverage ?? 0, 'functionCoverage'),
    },
  };
}

/** Expressions over tags, checked. */
function tagFiltersIn(filters) {
  if (filters === undefined || filters === null) return [];
  const texts = Array.isArray(filters) ? filters : [filters];
  texts.forEach((text, index) => {
    const name = `options.testTagFilters[${index}]`;
    validateString(text, name);
    if (text === '') throw new codes.ERR_INVALID_ARG_VALUE(name, text, 'must not be empty');
    require('internal/test_runner/tag_filter').parse(text, name);
  });
  return texts;
}

/** The options of `run`, checked. */
function checked(options) {
  validateObject(options, 'options');
  const {
    argv = [], coverage, cwd = process.cwd(), env, execArgv = [], files, forceExit = false, globPatterns,
    globalSetupPath, isolation = 'process', only = false, rerunFailuresFilePath, setup, shard, signal, timeout, watch,
  } = options;
  array(files, 'files');
  if (watch !== undefined && watch !== null) validateBoolean(watch, 'options.watch');
  if (forceExit !== undefined && forceExit !== null) {
    validateBoolean(forceExit, 'options.forceExit');
    if (forceExit && watch) {
      throw new codes.ERR_INVALID_ARG_VALUE('options.forceExit', watch, 'is not supported with watch mode');
    }
  }
  if (only !== undefined && only !== null) validateBoolean(only, 'options.only');
  array(globPatterns, 'globPatterns');
  if (globPatterns?.length > 0 && files?.length > 0) {
    throw new codes.ERR_INVALID_ARG_VALUE('options.globPatterns', globPatterns, 'is not supported when specifying \'options.files\'');
  }
  if (shard !== undefined && shard !== null && watch) {
    throw new codes.ERR_INVALID_ARG_VALUE('options.shard', watch, 'shards not supported with watch mode');
  }
  const part = shardIn(shard);
  if (setup !== undefined && setup !== null) validateFunction(setup, 'options.setup');
  if (timeout !== undefined && timeout !== null && timeout !== Infinity) {
    validateNumber(timeout, 'options.timeout', 0, MAX_TIMEOUT);
  }
  if (signal !== undefined) validateAbortSignal(signal, 'options.signal');
  validateOneOf(isolation, 'options.isolation', ['process', 'none']);
  validateString(cwd, 'options.cwd');
  array(argv, 'argv');
  if (rerunFailuresFilePath !== undefined && rerunFailuresFilePath !== null) {
    validateString(rerunFailuresFilePath, 'options.rerunFailuresFilePath');
    if (watch) {
      throw new codes.ERR_INVALID_ARG_VALUE('options.rerunFailuresFilePath', watch, 'is not supported with watch mode');
    }
  }
  validateStringArray(argv, 'options.argv');
  array(execArgv, 'execArgv');
  validateStringArray(execArgv, 'options.execArgv');
  if (coverage !== undefined && coverage !== null) validateBoolean(coverage, 'options.coverage');
  if (options.randomize !== undefined && options.randomize !== null) validateBoolean(options.randomize, 'options.randomize');
  if (env !== undefined && env !== null) {
    validateObject(env, 'options.env');
    if (isolation === 'none') {
      throw new codes.ERR_INVALID_ARG_VALUE('options.env', env, 'is not supported with isolation=\'none\'');
    }
  }
  if (globalSetupPath !== undefined && globalSetupPath !== null && typeof globalSetupPath !== 'string' &&
      !Buffer.isBuffer(globalSetupPath) && !(globalSetupPath instanceof URL)) {
    throw new codes.ERR_INVALID_ARG_TYPE('options.globalSetupPath', ['string', 'Buffer', 'URL'], globalSetupPath);
  }
  return {
    argv, cwd, env: env ?? process.env, execArgv, files, forceExit, globPatterns, globalSetupPath, isolation,
    only, rerunFile: rerunFailuresFilePath ?? undefined, setup, shard: part, signal,
    randomSeed: require('internal/test_runner/random_order').seedOf(options.randomize, options.randomSeed, 'options.randomSeed'),
    tagFilterTexts: tagFiltersIn(options.testTagFilters),
    coverage: options.coverage ? coverageIn(options, cwd) : undefined,
    timeout: timeout ?? Infinity,
    concurrency: concurrencyIn(options.concurrency ?? undefined, isolation),
    namePatterns: patternsOf(options.testNamePatterns, 'testNamePatterns'),
    skipPatterns: patternsOf(options.testSkipPatterns, 'testSkipPatterns'),
    updateSnapshots: commandLine().updateSnapshots,
  };
}

/** Numbers of processes that run at the same time, one after the other. */
class Workers {
  #count = 0;
  #most;

  constructor(most) {
    this.#most = most;
  }

  next() {
    return this.#count++ % this.#most + 1;
  }
}

/** Runs files; returns the stream of what happens. */
function run(options = {}) {
  const asked = checked(options);
  if (process.env.NODE_TEST_CONTEXT !== undefined && !commandLine().isRunner) {
    process.emitWarning('node:test run() is being called recursively within a test file. skipping running files.');
    const empty = new Run({ ...asked, concurrency: 1 });
    process.nextTick(() => empty.stream.push(null));
    return empty.stream;
  }
  const files = asked.files ?? find(asked.globPatterns, asked.cwd);
  return start(asked, files).stream;
}

/** Runs these files; returns the run. Its `over` resolves to whether all is well. */
function start(asked, files) {
  const chosen = asked.shard === undefined ? files : shardOf(files, asked.shard);
  const isHere = asked.isolation === 'none';
  // In processes of their own the files themselves choose what to run.
  const { parse } = require('internal/test_runner/tag_filter');
  const tagFilters = asked.tagFilterTexts.map((text) => parse(text));
  const own = isHere ? { tagFilters } : { namePatterns: [], skipPatterns: [], only: false };
  const made = new Run({ ...asked, ...own, findsOnly: isHere, isRunner: true });
  made.over = conduct(made, asked, chosen);
  // Whoever asks is told; everybody else reads the stream.
  made.over.catch((error) => made.stream.destroy(error));
  return made;
}

async function conduct(made, asked, files) {
  if (asked.coverage !== undefined) require('internal/test_runner/coverage').begin(asked.isolation !== 'none');
  await undefined;
  await asked.setup?.(made.stream);
  const tearDown = await globalSetup(asked);
  if (asked.isolation === 'none') await load(made, files, asked);
  else await spawnAll(made, files, asked);
  const isSuccess = await made.end();
  await tearDown?.();
  return isSuccess;
}

async function spawnAll(made, files, asked) {
  const options = { ...asked, worker: new Workers(asked.concurrency) };
  const tests = files.map((file) => new FileTest(file, made.root, options));
  for (const test of tests) made.root.add(test);
  made.open();
  await Promise.all(tests.map(({ done }) => done.promise));
}

/** Loads the files into this process; what they make are tests of this run. */
async function load(made, files, { cwd }) {
  process.env.NODE_TEST_WORKER_ID = '1';
  require('internal/test_runner/harness').adopt(made);
  const { importDynamically } = require('internal/modules/esm');
  const { create } = require('internal/test_runner/harness');
  for (const name of files) {
    const file = path.resolve(cwd, name);
    made.entryFile = file;
    const place = { line: 1, column: 1, file };
    const before = made.root.children.length;
    try {
      await importDynamically(pathToFileURL(file).href, pathToFileURL(`${cwd}/`).href, {});
    } catch (error) {
      create(made.root, [path.relative(cwd, file), { }, () => {
        throw error;
      }], false, undefined, place);
    }
    // A file without tests is one.
    if (made.root.children.length === before) create(made.root, [path.relative(cwd, file), {}], false, undefined, place);
  }
  made.open();
  for (let index = 0; index < made.root.children.length; index++) await made.root.children[index].done.promise;
}

/** What is to be done before everything; returns what is to be done after it. */
async function globalSetup({ cwd, globalSetupPath }) {
  if (globalSetupPath === undefined || globalSetupPath === null) return undefined;
  const { importDynamically } = require('internal/modules/esm');
  const file = globalSetupPath instanceof URL ? globalSetupPath.href :
    pathToFileURL(path.resolve(cwd, String(globalSetupPath))).href;
  const { globalSetup: before, globalTeardown: after } = await importDynamically(file, file, {});
  if (before !== undefined) {
    validateFunction(before, 'globalSetupFunction');
    await before();
  }
  if (after === undefined) return undefined;
  validateFunction(after, 'globalTeardownFunction');
  return after;
}

module.exports = { checked, run, start };
