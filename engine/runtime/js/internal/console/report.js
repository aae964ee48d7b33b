'use strict';

// Calls of the global console on their way to debuggers: V8's own console tells them, ours writes the text.

let isReporting = false;

/** Has debuggers hear of every call of the console from now on. */
function report() {
  if (isReporting) return;
  isReporting = true;
  const console = require('console');
  const engineConsole = require('internal/globals').engineConsole();
  if (engineConsole === undefined) return;
  for (const name of Object.keys(engineConsole)) {
    const own = console[name];
    if (typeof own === 'function' && own !== engineConsole[name]) {
      console[name] = ops.inspect_console(engineConsole[name], own, name);
    }
  }
}

module.exports = { report };
