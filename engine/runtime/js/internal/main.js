'use strict';

// Runs what the command line names: a file, `-e`, or standard input.

const path = require('path');

/** The engine calls this once. */
function run() {
  const { script, evaluate, print } = ops.option_main();
  if (evaluate !== undefined) {
    require('internal/modules/eval').runEval(evaluate, print);
    return;
  }
  process.argv[1] = path.resolve(script);
  require('internal/modules/run_main').runMain(process.argv[1]);
}

module.exports = { run };
