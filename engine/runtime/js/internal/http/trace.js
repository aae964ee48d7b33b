'use strict';

// Requests as handles of the trace: what they are for, and what came of them.

const { TRACING } = require('internal/flags');

const { flags } = ops;

/** Where a response has what `traceRequest` returned. */
const kTraced = Symbol('kTraced');

/** A request begins; `end` of what is returned ends it. Without somebody who watches there is nothing. */
function traceRequest(kind, method, target) {
  if (flags[TRACING] === 0) return undefined;
  const shown = `${method} ${target}`;
  let handle = ops.trace_handle_opened(kind, shown);
  return {
    /** The head of the answer is there. */
    status(status) {
      if (handle !== 0) ops.trace_handle_target(handle, `${shown} → ${status}`);
    },
    /** Request and answer are over. */
    end() {
      if (handle === 0) return;
      ops.trace_handle_closed(handle);
      handle = 0;
    },
  };
}

module.exports = { kTraced, traceRequest };
