'use strict';

// Events of the process that no callback leads to: the trace tells them as callbacks of their own, so that what listeners
// schedule has a cause (https://nodejs.org/api/process.html#process-events).

const { TRACING } = require('internal/flags');

/** Listeners of the runtime's own: that they hear of an event is none of the script's business. */
const own = new WeakSet();

/** Adds such a listener. */
function onOwn(name, listener) {
  own.add(listener);
  process.on(name, listener);
}

/** Whether the script listens. */
function isHeard(name) {
  return process.listenerCount(name) > 0 && process.listeners(name).some((listener) => !own.has(listener));
}

/** What has led to an event, beside the number of a callback: the one that runs, or the one that has thrown last. */
const BY_WHAT_RUNS = 0;
const BY_WHAT_THREW = -1;

/**
 * Emits `name` on the process; `isAlone` is whether the engine asks for it, with nothing on the stack, `cause` what has led to
 * it. Returns whether anybody listens.
 */
function emitOwn(name, args, isAlone, cause = BY_WHAT_RUNS) {
  if (ops.flags[TRACING] === 0 || !isHeard(name)) {
    return process.emit(name, ...args);
  }
  const task = ops.task_event(`node:process ${name}`, isAlone, cause);
  let threw = true;
  try {
    const isHandled = process.emit(name, ...args);
    threw = false;
    return isHandled;
  } finally {
    ops.task_event_ended(task, threw, isAlone);
  }
}

module.exports = { BY_WHAT_THREW, emitOwn, onOwn };
