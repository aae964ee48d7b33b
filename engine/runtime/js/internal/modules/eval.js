'use strict';

// Program text from `-e`, `-p` and standard input: a script in the global scope, or an ES module.

const path = require('path');

/** Names that are globals for program text, beside every built-in module. */
function defineGlobals(name) {
  const { Module, makeRequire } = require('internal/modules/cjs');
  const module = new Module(name);
  module.filename = path.join(process.cwd(), name);
  module.paths = Module._nodeModulePaths(process.cwd());
  const values = {
    __filename: name, module, exports: module.exports, __dirname: '.', require: makeRequire(module),
  };
  for (const [key, value] of Object.entries(values)) {
    Object.defineProperty(globalThis, key, { value, configurable: true, enumerable: true, writable: true });
  }
  // The module takes the place of the global `crypto`, which is part of it.
  require('internal/modules/as_globals').defineModules(globalThis, 'crypto');
}

/** Runs `{ evaluate, name, print, inputType }`. */
function run({ evaluate, name, print, inputType }) {
  process._eval = evaluate;
  const isModule = inputType === 'module' ||
    (inputType === null && !print && ops.module_has_esm_syntax(evaluate));
  if (isModule) {
    require('internal/modules/esm').runMain(path.join(process.cwd(), '[eval1]'), evaluate);
    return;
  }
  defineGlobals(name);
  const result = ops.script_run(evaluate, name);
  if (print) {
    const colors = require('internal/util/colors').shouldColorize(process.stdout);
    process.stdout.write(`${require('internal/util/format').formatAll(colors ? { colors } : undefined, [result])}\n`);
  }
}

module.exports = { run };
