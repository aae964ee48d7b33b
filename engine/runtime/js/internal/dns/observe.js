'use strict';

// Entries of type 'dns' for observers of performance (https://nodejs.org/api/perf_hooks.html#performanceentrydetail).

/** Begins to measure a question when somebody observes; the function that is returned ends it with the answer. */
function begin(name, detail) {
  return require('internal/perf/node_entry').begin('dns', name, detail);
}

module.exports = { begin };
