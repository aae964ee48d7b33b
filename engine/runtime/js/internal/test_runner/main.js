'use strict';

// `node --test` (https://nodejs.org/api/cli.html#--test).

const { find } = require('internal/test_runner/files');
const { commandLine, reportersOf } = require('internal/test_runner/options');
const reporters = require('internal/test_runner/reporters');
const { checked, start } = require('internal/test_runner/runner');

/** Exit code of a run that did not begin. */
const EXIT_NOTHING = 1;

function main() {
  const patterns = process.argv.slice(1);
  const flags = commandLine();
  if (require('internal/options').isOn('--watch')) {
    require('internal/test_runner/watch').run();
    return;
  }
  const cwd = process.cwd();
  const asked = checked({
    concurrency: flags.concurrency,
    cwd,
    forceExit: flags.forceExit,
    globalSetupPath: flags.globalSetup,
    isolation: flags.isolation,
    only: flags.only,
    randomSeed: flags.randomSeed,
    rerunFailuresFilePath: flags.rerunFile,
    shard: flags.shard,
    testNamePatterns: flags.namePatterns,
    testSkipPatterns: flags.skipPatterns,
    testTagFilters: flags.tagFilterTexts,
    timeout: flags.timeout,
  });
  asked.coverage = flags.coverage;
  const files = find(patterns, cwd);
  if (files.length === 0 && patterns.length > 0) {
    console.error(`Could not find '${patterns.join(', ')}'`);
    process.exit(EXIT_NOTHING);
  }
  conduct(asked, files, reportersOf(flags.reporters, flags.destinations, false));
}

async function conduct(asked, files, wanted) {
  const made = start({ ...asked, setup: async (stream) => {
    made.written = reporters.all(stream, wanted);
    await reporters.ready(made.written);
  } }, files);
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => interrupt(made));
  const isSuccess = await made.over;
  if (!isSuccess) process.exitCode = 1;
  if (!asked.forceExit) return;
  await reporters.written(made.written);
  process.exit();
}

/** Says what was running, and ends. */
async function interrupt(made) {
  const tests = made.root.children.filter((child) => child.isStarted && !child.isFinished).map((child) => ({
    __proto__: null, name: child.name, nesting: child.nesting, ...child.report.place,
  }));
  made.tell('test:interrupted', { __proto__: null, tests });
  process.exitCode = 1;
  await made.end();
  await reporters.written(made.written);
  process.exit(1);
}

module.exports = { main };
