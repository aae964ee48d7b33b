'use strict';

// Numbers of asynchronous resources, and which of them is running
// (https://nodejs.org/api/async_hooks.html#async_hooksexecutionasyncid). The main script is resource 1.
// The engine counts its operations with the same numbers.

const { LAST_ASYNC_ID, EXECUTION_ID, TRIGGER_ID } = require('internal/flags');

const { times } = ops;

const SMALL = 2 ** 30;

/** The same number in the form that V8 keeps without an object of its own. */
function small(id) {
  return id < SMALL ? id | 0 : id;
}

// A class, because V8 reaches the accessors of a prototype fast and those of an object itself slowly.
class Running {
  /** The resource whose callback runs, undefined where it has none of its own. */
  resource = undefined;
  /** `internal/async_hooks` while hooks are enabled, otherwise null. */
  hooks = null;

  /** Number of the resource whose callback runs, 0 for none. */
  get execution() {
    return small(times[EXECUTION_ID]);
  }

  set execution(id) {
    times[EXECUTION_ID] = id;
  }

  /** Number of the resource that made it. */
  get trigger() {
    return small(times[TRIGGER_ID]);
  }

  set trigger(id) {
    times[TRIGGER_ID] = id;
  }
}

const running = new Running();

times[LAST_ASYNC_ID] = 1;
running.execution = 1;

/** The number of a new resource. */
function newAsyncId() {
  return small(times[LAST_ASYNC_ID] += 1);
}

module.exports = { newAsyncId, running };
