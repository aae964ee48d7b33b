'use strict';

// Where what was typed runs: the global object, or one of its own with the same globals.

const path = require('path');
const vm = require('vm');

/** `module` and `require` for what is typed: as in a file of the current folder. */
function defineRequire(target) {
  const { Module, makeRequire } = require('internal/modules/cjs');
  const module = new Module('<repl>');
  module.paths = [path.resolve('./repl/node_modules'), path.resolve('node_modules'), ...Module._nodeModulePaths(path.dirname(process.cwd())),
                  ...Module.globalPaths];
  module.filename = null;
  const define = (name, value) => {
    Object.defineProperty(target, name, { value, configurable: true, enumerable: false, writable: true });
  };
  define('module', module);
  define('require', makeRequire(module));
}

function createContext({ output, useGlobal }) {
  let context = globalThis;
  if (!useGlobal) {
    context = vm.createContext();
    const own = new Set(vm.runInContext('Object.getOwnPropertyNames(globalThis)', context));
    for (const name of Object.getOwnPropertyNames(globalThis)) {
      if (own.has(name) && name !== 'console') continue;
      if (name === 'globalThis') continue;
      Object.defineProperty(context, name, { __proto__: null, ...Object.getOwnPropertyDescriptor(globalThis, name) });
    }
    context.global = context;
    const { Console } = require('console');
    Object.defineProperty(context, 'console', {
      value: new Console(output), configurable: true, writable: true, enumerable: false,
    });
  }
  require('internal/modules/as_globals').defineModules(context);
  defineRequire(context);
  return context;
}

module.exports = { createContext };
