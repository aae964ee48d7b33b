'use strict';

// Requests as handles of the trace: what they are for, and what came of them.

const { TRACING } = require('internal/flags');

const { flags } = ops;

/** A request begins; `end` of what is returned ends it. Without somebody who watches there is nothing. */
function traceRequest(kind, method, target) {
  if (flags[TRACING] === 0) return undefined;
  let handle = ops.trace_handle_opened(kind, `${method} ${target}`);
  return {
    /** The other side's answer is known. */
    end(status) {
      if (handle === 0) return;
      ops.trace_handle_closed(handle, status);
      handle = 0;
    },
  };
}

module.exports = { traceRequest };
