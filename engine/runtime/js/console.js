'use strict';

// The global `console`, on the program's own streams (https://nodejs.org/api/console.html).

const { State } = require('internal/console/methods');
const { Console, addState, bound, methodNames } = require('internal/console/class');

const { defineProperty } = Object;
const GROUP_INDENTATION = 2;

// What V8 brings for its own console: these speak to a debugger.
const ENGINE_METHODS = ['profile', 'profileEnd', 'timeStamp', 'context'];

const console = Object.create({});

for (const name of methodNames) {
  const method = bound(console, name, Console.prototype[name]);
  defineProperty(method, 'length', { __proto__: null, value: 0, configurable: true });
  console[name] = method;
}
addState(console, true, new State('auto', undefined, GROUP_INDENTATION));
console.Console = Console;

const engineConsole = require('internal/globals').engineConsole();
for (const name of ENGINE_METHODS) {
  if (typeof engineConsole?.[name] === 'function') console[name] = engineConsole[name];
}

/** A task for a debugger's asynchronous stacks: the engine's, which the module `inspector` does not offer. */
console.createTask = engineConsole?.createTask ?? {
  createTask(...args) {
    if (typeof args[0] !== 'string' || args[0] === '') throw new Error('First argument must be a non-empty string.');
    return { run: (run) => run() };
  },
}.createTask;
delete engineConsole?.createTask;

// The streams are made when something is first written to them, unless a program has put its own in their place.
for (const [name, stream] of [['_stdout', 'stdout'], ['_stderr', 'stderr']]) {
  let own;
  defineProperty(console, name, {
    __proto__: null,
    get: () => own ?? process[stream],
    set(value) {
      own = value;
    },
    enumerable: false,
    configurable: true,
  });
}

module.exports = console;
