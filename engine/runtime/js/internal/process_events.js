'use strict';

// Events of the process that no callback leads to: the trace tells them as callbacks of their own, so that what listeners
// schedule has a cause (https://nodejs.org/api/process.html#process-events).

const { TRACING } = require('internal/flags');

/**
 * Emits `name` on the process with one argument; `isAlone` is whether the engine asks for it, with nothing on the stack,
 * `isThrown` whether an exception led to it.
 */
function emitOwn(name, argument, isAlone, isThrown = false) {
  if (ops.flags[TRACING] === 0 || process.listenerCount(name) === 0) {
    process.emit(name, argument);
    return;
  }
  const task = ops.task_event(`node:process ${name}`, isAlone, isThrown);
  let threw = true;
  try {
    process.emit(name, argument);
    threw = false;
  } finally {
    ops.task_event_ended(task, threw, isAlone);
  }
}

module.exports = { emitOwn };
