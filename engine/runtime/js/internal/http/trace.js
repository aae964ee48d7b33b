'use strict';

// Requests as handles of the trace: what they are for, and what came of them.

const { TRACING } = require('internal/flags');
const { requestAnswered, requestClosed, requestOpened } = require('internal/tasks');

const { flags } = ops;

// In place of a port: the request came to a server here; all that is to be said of the host is in its text.
const SERVED = -1;
const WHOLE = -2;

/** Where a response has what `traceServed` returned, and a request what `traceRequest` did. */
const kTraced = Symbol('kTraced');

class TracedRequest {
  #handle;

  constructor(handle) {
    this.#handle = handle;
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

/** A request to this server begins; `end` of what is returned ends it. Nothing unless somebody watches. */
function traceServed(method, path) {
  return flags[TRACING] === 0 ? undefined : new TracedRequest(requestOpened(SERVED, method, '', path));
}

/** The same for a request to another server. */
function traceRequest(method, host, port, path) {
  if (flags[TRACING] === 0) return undefined;
  const number = Number(port);
  // A whole text is made only where the parts are not what they mostly are: V8 would have to put it together.
  const isUsual = typeof host === 'string' && Number.isInteger(number) && number > 0;
  const handle = isUsual ? requestOpened(number, method, host, path) : requestOpened(WHOLE, method, `${host}:${port}`, path);
  return new TracedRequest(handle);
}

module.exports = { kTraced, traceRequest, traceServed };
