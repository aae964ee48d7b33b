'use strict';

// Runs what the command line names: a file or program text (https://nodejs.org/api/cli.html#synopsis).

const path = require('path');
const { running } = require('internal/async_ids');

/** The engine calls this once. */
function run() {
  try {
    if (ops.worker_info() === undefined) start();
    else require('internal/worker/main').run();
  } finally {
    // What the script left to be done runs as nobody's callback.
    running.execution = 0;
  }
}

function start() {
  const main = ops.option_main();
  if (main.script !== undefined) process.argv[1] = path.resolve(main.script);
  const { NODE_CHANNEL_FD: channel, NODE_CHANNEL_SERIALIZATION_MODE: serialization } = process.env;
  if (channel !== undefined) {
    // They are for this process alone, not for its children.
    delete process.env.NODE_CHANNEL_FD;
    delete process.env.NODE_CHANNEL_SERIALIZATION_MODE;
    require('internal/child_process/ipc').setUpForParent(Number(channel), serialization || 'json');
  }
  preload(main);
  const runMain = main.tests ? () => require('internal/test_runner/main').main() : main.script === undefined ?
    () => require('internal/modules/eval').run(main) :
    () => require('internal/modules/run_main').runMain(process.argv[1], main.check);
  if (main.imports.length > 0) require('internal/modules/esm').preload(main.imports, runMain);
  else runMain();
}

/** Loads the CommonJS modules that are to be there first. */
function preload({ requires }) {
  if (requires.length === 0) return;
  const { Module } = require('internal/modules/cjs');
  const preloader = new Module('internal/preload', null);
  preloader.filename = path.join(process.cwd(), 'preload');
  for (const request of requires) preloader.require(request);
}

module.exports = { preload, run };
