'use strict';

// Requests as handles of the trace: what they are for, and what came of them.

const { TRACING } = require('internal/flags');
const { requestAnswered, requestClosed, requestOpened } = require('internal/tasks');

const { flags } = ops;

/** Where a response has what `traceRequest` returned. */
const kTraced = Symbol('kTraced');

class TracedRequest {
  #handle;

  constructor(isServed, method, target) {
    this.#handle = requestOpened(isServed, method, target);
  }

  /** The head of the answer is there. */
  status(status) {
    if (this.#handle !== 0) requestAnswered(this.#handle, status);
  }

  /** Request and answer are over. */
  end() {
    if (this.#handle === 0) return;
    requestClosed(this.#handle);
    this.#handle = 0;
  }
}

/** A request begins, of this server or to another; `end` of what is returned ends it. Nothing unless somebody watches. */
function traceRequest(isServed, method, target) {
  return flags[TRACING] === 0 ? undefined : new TracedRequest(isServed, method, target);
}

module.exports = { kTraced, traceRequest };
