'use strict';

// Numbers of asynchronous resources, and which of them is running
// (https://nodejs.org/api/async_hooks.html#async_hooksexecutionasyncid). The main script is resource 1.

const running = { execution: 0, trigger: 0 };
let last = 1;

/** The number of a new resource. */
function newAsyncId() {
  last += 1;
  return last;
}

module.exports = { newAsyncId, running };
