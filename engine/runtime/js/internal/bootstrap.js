'use strict';

// The first script of every run: the loader of built-in modules, the globals, and the functions that the engine
// calls. It is the body of a function with the parameters (process, ops).

const builtins = new Map();

/**
 * Has V8 find properties of `object` without a search, as it does for those of small objects: it keeps large ones in tables,
 * unless they are inherited from and their properties are asked for often enough that it takes note.
 */
function keepFast(object) {
  const heir = { __proto__: object };
  const ask = (inherits) => inherits.flags;
  for (let i = 0; i < 20; i++) ask(heir);
}

keepFast(ops);

/** Loads a built-in module, internal ones included. */
function require(id) {
  let module = builtins.get(id);
  if (module === undefined) {
    module = { id, exports: {} };
    builtins.set(id, module);
    const body = ops.builtin_compile(id);
    body(module.exports, require, module, process, ops);
  }
  return module.exports;
}

require('internal/process').setUp();
require('internal/globals').setUp(globalThis);

const { runTimers } = require('internal/timers');
const { runImmediates } = require('internal/immediates');
const { drain } = require('internal/ticks');
const { promiseRejected } = require('internal/rejections');
const { beforeExit, exit } = require('internal/process_exit');

ops.set_hooks({
  runTimers,
  runImmediates,
  drain,
  promiseRejected,
  uncaught: (error, fromPromise, place) => require('internal/uncaught').uncaught(error, fromPromise, place),
  handlerFailed: (error, place) => require('internal/uncaught').handlerFailed(error, place),
  beforeExit,
  exit,
  runMain: () => require('internal/main').run(),
  importDynamically: (specifier, referrer, attributes, symbol) => (symbol === undefined ?
    require('internal/modules/esm').importDynamically(specifier, referrer, attributes) :
    require('internal/vm/import').importFor(symbol, specifier, referrer, attributes)),
  evaluateSynthetic: (number) => require('internal/modules/esm').evaluateSynthetic(number),
  asyncOperation: (event, id, triggerId, name) =>
    require('internal/async_hooks').operation(event, id, triggerId, name),
  consoleRequire: () => require('internal/inspector/console_require').consoleRequire(),
  inspectorOpened: () => require('internal/console/report').report(),
  fillImportMeta: (meta, url, number) => require('internal/modules/esm').fillImportMeta(meta, url, number),
});

if (ops.flags[require('internal/flags').TRACING] !== 0) require('internal/promise_tasks').setUp();
