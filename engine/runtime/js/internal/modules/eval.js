'use strict';

// Program text from `-e`, `-p` and standard input: a script in the global scope, or an ES module.

const path = require('path');

/** Names that are globals for program text, beside every built-in module. */
function defineGlobals() {
  const { Module, makeRequire } = require('internal/modules/cjs');
  const { builtinModules } = require('internal/modules/builtin');
  const module = new Module('[eval]');
  module.filename = path.join(process.cwd(), '[eval]');
  module.paths = Module._nodeModulePaths(process.cwd());
  const values = {
    __filename: '[eval]', module, exports: module.exports, __dirname: '.', require: makeRequire(module),
  };
  for (const [name, value] of Object.entries(values)) {
    Object.defineProperty(globalThis, name, { value, configurable: true, enumerable: true, writable: true });
  }
  for (const id of builtinModules) {
    if (id.includes('/') || id.startsWith('_') || id in globalThis) continue;
    const settle = (value) => {
      Object.defineProperty(globalThis, id, { value, configurable: true, enumerable: true, writable: true });
    };
    Object.defineProperty(globalThis, id, {
      configurable: true,
      enumerable: false,
      get() {
        const value = require(id);
        settle(value);
        return value;
      },
      set: settle,
    });
  }
}

/** Runs `{ evaluate, print, inputType }`. */
function run({ evaluate, print, inputType }) {
  const isModule = inputType === 'module' ||
    (inputType === null && !print && ops.module_has_esm_syntax(evaluate, '[eval]'));
  if (isModule) {
    require('internal/modules/esm').runMain(path.join(process.cwd(), '[eval1]'), evaluate);
    return;
  }
  defineGlobals();
  const result = ops.script_run(evaluate, '[eval]');
  if (print) process.stdout.write(`${require('internal/util/format').format(result)}\n`);
}

module.exports = { run };
