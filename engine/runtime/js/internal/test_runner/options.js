'use strict';

// What the command line says of tests (https://nodejs.org/api/cli.html#--test).

const { codes } = require('internal/errors');

const WITH_VALUE = new Set([
  '--test-concurrency', '--test-isolation', '--experimental-test-isolation', '--test-name-pattern', '--test-skip-pattern',
  '--test-reporter', '--test-reporter-destination', '--test-shard', '--test-timeout', '--test-global-setup',
  '--test-random-seed', '--test-rerun-failures', '--experimental-test-tag-filter', '--test-coverage-lines', '--test-coverage-branches', '--test-coverage-functions', '--test-coverage-include',
  '--test-coverage-exclude',
]);
/** Options that tell the runner how to go about it, which is not for the files it runs. */
const FOR_RUNNER = new Set([
  '--test', '--test-reporter', '--test-reporter-destination', '--test-shard', '--test-isolation',
  '--experimental-test-isolation', '--test-global-setup', '--watch', '--test-concurrency', '--test-force-exit',
  '--test-name-pattern', '--test-skip-pattern', '--test-only', '--test-timeout', '--test-update-snapshots',
  '--test-randomize', '--test-random-seed', '--test-rerun-failures', '--experimental-test-coverage', '--test-coverage-lines', '--test-coverage-branches', '--test-coverage-functions',
  '--test-coverage-include', '--test-coverage-exclude',
]);
const BUILT_IN_REPORTERS = ['spec', 'dot', 'tap', 'junit', 'lcov'];

/** The arguments as pairs of an option's name and its value; other options keep their form. */
function pairs(args) {
  const found = [];
  for (let index = 0; index < args.length; index++) {
    const text = args[index];
    const equals = text.startsWith('--test-') || text.startsWith('--experimental-test') ? text.indexOf('=') : -1;
    if (equals !== -1) found.push({ name: text.slice(0, equals), value: text.slice(equals + 1), text: [text] });
    else if (WITH_VALUE.has(text)) found.push({ name: text, value: args[++index] ?? '', text: [text, args[index]] });
    else found.push({ name: text, value: true, text: [text] });
  }
  return found;
}

/** Arguments in NODE_OPTIONS; double quotes hold together what has spaces. */
function fromEnvironment(text) {
  const found = text.match(/(?:[^\s"]|"(?:\\.|[^"\\])*")+/g) ?? [];
  return found.map((part) => part.replace(/"((?:\\.|[^"\\])*)"/g, (_all, quoted) => quoted.replace(/\\(.)/g, '$1')));
}

/** A pattern for names: `/expression/flags` or an expression. */
function toPattern(text) {
  const [, expression, flags] = /^\/(.*)\/([a-z]*)$/.exec(text) ?? [];
  return expression === undefined ? new RegExp(text) : new RegExp(expression, flags);
}

function shardOf(text) {
  const [, index, total] = /^(\d+)\/(\d+)$/.exec(text) ?? [];
  if (index === undefined) {
    throw new codes.ERR_INVALID_ARG_VALUE('--test-shard', text, 'must be in the form of <index>/<total>');
  }
  return { index: Number(index), total: Number(total) };
}

/** Which reporters write where. */
function reportersOf(reporters, destinations, isChild) {
  if (isChild) return [{ reporter: 'v8', destination: 'stdout' }];
  if (reporters.length === 0 && destinations.length === 0) return [{ reporter: 'spec', destination: 'stdout' }];
  const places = reporters.length === 1 && destinations.length === 0 ? ['stdout'] : destinations;
  if (reporters.length !== places.length) {
    throw new codes.ERR_INVALID_ARG_VALUE(
      '--test-reporter', reporters, 'must match the number of specified \'--test-reporter-destination\'');
  }
  return reporters.map((reporter, index) => ({ reporter, destination: places[index] }));
}

let known;

/** The options of this process. */
function commandLine() {
  if (known !== undefined) return known;
  const all = pairs([...fromEnvironment(process.env.NODE_OPTIONS ?? ''), ...process.execArgv]);
  const every = (...names) => all.filter(({ name }) => names.includes(name)).map(({ value }) => value);
  const last = (...names) => every(...names).at(-1);
  const isRunner = last('--test') === true;
  const context = process.env.NODE_TEST_CONTEXT;
  const timeout = last('--test-timeout');
  const concurrency = last('--test-concurrency');
  const shard = last('--test-shard');
  const seed = last('--test-random-seed');
  const share = (kind) => Number(last(`--test-coverage-${kind}`) ?? 0);
  known = {
    coverage: last('--experimental-test-coverage') === true ? {
      cwd: process.cwd(),
      includes: every('--test-coverage-include'),
      excludes: every('--test-coverage-exclude'),
      thresholds: { __proto__: null, line: share('lines'), branch: share('branches'), function: share('functions') },
    } : undefined,
    isRunner,
    isChild: context === 'child-v8' || context === 'child',
    isolation: last('--test-isolation', '--experimental-test-isolation') ?? 'process',
    namePatterns: every('--test-name-pattern').map(toPattern),
    skipPatterns: every('--test-skip-pattern').map(toPattern),
    tagFilters: every('--experimental-test-tag-filter').filter(Boolean).map((text, index) =>
      require('internal/test_runner/tag_filter').parse(text, `--experimental-test-tag-filter[${index}]`)),
    tagFilterTexts: every('--experimental-test-tag-filter').filter(Boolean),
    randomSeed: require('internal/test_runner/random_order').seedOf(
      last('--test-randomize') === true, seed === undefined ? undefined : Number(seed), '--test-random-seed'),
    rerunFile: last('--test-rerun-failures'),
    only: last('--test-only') === true,
    forceExit: last('--test-force-exit') === true,
    updateSnapshots: last('--test-update-snapshots') === true,
    timeout: timeout === undefined || Number(timeout) === 0 ? Infinity : Number(timeout),
    concurrency: concurrency === undefined || Number(concurrency) === 0 ? true : Number(concurrency),
    shard: isRunner && shard !== undefined ? shardOf(shard) : undefined,
    globalSetup: last('--test-global-setup'),
    reporters: every('--test-reporter'),
    destinations: every('--test-reporter-destination'),
  };
  return known;
}

/** Options of this process that hold for the files it runs as tests, too. */
function inherited() {
  return pairs(process.execArgv).filter(({ name }) => !FOR_RUNNER.has(name)).flatMap(({ text }) => text);
}

module.exports = { BUILT_IN_REPORTERS, commandLine, inherited, reportersOf, toPattern };
