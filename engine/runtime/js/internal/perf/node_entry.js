'use strict';

// Entries that the runtime itself makes: questions about names, connections, requests
// (https://nodejs.org/api/perf_hooks.html#performanceentrydetail).

/** Whether a script has loaded what observes. */
let isLoaded = false;

/** Called when observers come into being. */
function load() {
  isLoaded = true;
}

/**
 * Begins to measure when somebody observes the type; else undefined. The function that is returned ends it, with what
 * is known in addition.
 */
function begin(type, name, detail) {
  if (!isLoaded) return undefined;
  const { enqueue, isObserved } = require('internal/perf/observer');
  if (!isObserved(type)) return undefined;
  const start = ops.performance_now();
  return (more) => {
    const { makeEntry } = require('internal/perf/entry');
    enqueue(makeEntry(name, type, start, ops.performance_now() - start, { ...detail, ...more }));
  };
}

/** Whether somebody observes the type. */
function isWanted(type) {
  return isLoaded && require('internal/perf/observer').isObserved(type);
}

module.exports = { begin, isWanted, load };
