'use strict';

// Runs what the command line names: a file or program text (https://nodejs.org/api/cli.html#synopsis).

const path = require('path');
const { running } = require('internal/async_ids');

/** The engine calls this once. */
function run() {
  try {
    start();
  } finally {
    // What the script left to be done runs as nobody's callback.
    running.execution = 0;
  }
}

function start() {
  const main = ops.option_main();
  if (main.script !== undefined) process.argv[1] = path.resolve(main.script);
  if (main.requires.length > 0) {
    const { Module } = require('internal/modules/cjs');
    const preloader = new Module('internal/preload', null);
    preloader.filename = path.join(process.cwd(), 'preload');
    for (const request of main.requires) preloader.require(request);
  }
  const runMain = main.script === undefined ?
    () => require('internal/modules/eval').run(main) :
    () => require('internal/modules/run_main').runMain(process.argv[1], main.check);
  if (main.imports.length > 0) require('internal/modules/esm').preload(main.imports, runMain);
  else runMain();
}

module.exports = { run };
