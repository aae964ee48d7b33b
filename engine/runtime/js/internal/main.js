'use strict';

// Runs what the command line names: a file or program text (https://nodejs.org/api/cli.html#synopsis).

const path = require('path');

/** The engine calls this once. */
function run() {
  const main = ops.option_main();
  if (main.script !== undefined) process.argv[1] = path.resolve(main.script);
  if (main.requires.length > 0) {
    const { Module } = require('internal/modules/cjs');
    const preloader = new Module('internal/preload', null);
    preloader.filename = path.join(process.cwd(), 'preload');
    for (const request of main.requires) preloader.require(request);
  }
  const start = main.script === undefined ?
    () => require('internal/modules/eval').run(main) :
    () => require('internal/modules/run_main').runMain(process.argv[1], main.check);
  if (main.imports.length > 0) require('internal/modules/esm').preload(main.imports, start);
  else start();
}

module.exports = { run };
