'use strict';

// The module `perf_hooks` (https://nodejs.org/api/perf_hooks.html).

const { PerformanceEntry, PerformanceMark, PerformanceMeasure } = require('internal/perf/entry');
const { PerformanceObserver, PerformanceObserverEntryList } = require('internal/perf/observer');
const { Performance, performance } = require('internal/perf/performance');

const collections = {
  NODE_PERFORMANCE_GC_MAJOR: 4,
  NODE_PERFORMANCE_GC_MINOR: 1,
  NODE_PERFORMANCE_GC_MINOR_MARK_SWEEP: 2,
  NODE_PERFORMANCE_GC_INCREMENTAL: 8,
  NODE_PERFORMANCE_GC_WEAKCB: 16,
  NODE_PERFORMANCE_GC_FLAGS_NO: 0,
  NODE_PERFORMANCE_GC_FLAGS_CONSTRUCT_RETAINED: 2,
  NODE_PERFORMANCE_GC_FLAGS_FORCED: 4,
  NODE_PERFORMANCE_GC_FLAGS_SYNCHRONOUS_PHANTOM_PROCESSING: 8,
  NODE_PERFORMANCE_GC_FLAGS_ALL_AVAILABLE_GARBAGE: 16,
  NODE_PERFORMANCE_GC_FLAGS_ALL_EXTERNAL_MEMORY: 32,
  NODE_PERFORMANCE_GC_FLAGS_SCHEDULE_IDLE: 64,
};

const constants = {};
for (const [name, value] of Object.entries(collections)) {
  Object.defineProperty(constants, name, { __proto__: null, enumerable: true, value });
}

/** Numbers of kinds and moments; nobody sees them who does not ask. */
const hidden = {
  NODE_PERFORMANCE_ENTRY_TYPE_: ['GC', 'HTTP', 'HTTP2', 'NET', 'DNS', 'QUIC'],
  NODE_PERFORMANCE_MILESTONE_: [
    'TIME_ORIGIN_TIMESTAMP', 'TIME_ORIGIN', 'ENVIRONMENT', 'NODE_START', 'V8_START', 'LOOP_START', 'LOOP_EXIT',
    'BOOTSTRAP_COMPLETE',
  ],
};
for (const [prefix, names] of Object.entries(hidden)) {
  names.forEach((name, value) => Object.defineProperty(constants, prefix + name, { __proto__: null, value }));
}

module.exports = {
  Performance,
  PerformanceEntry,
  PerformanceMark,
  PerformanceMeasure,
  PerformanceObserver,
  PerformanceObserverEntryList,
  PerformanceResourceTiming: undefined,
  monitorEventLoopDelay(options = {}) {
    return require('internal/perf/loop_delay').monitorEventLoopDelay(options);
  },
  eventLoopUtilization: performance.eventLoopUtilization,
  timerify: performance.timerify,
  createHistogram(options = {}) {
    return require('internal/perf/histogram').createHistogram(options);
  },
  performance,
};

Object.defineProperty(module.exports, 'constants', { __proto__: null, enumerable: true, value: constants });

ops.util_lazy_property(module.exports, 'PerformanceResourceTiming',
  () => require('internal/perf/resource_timing').PerformanceResourceTiming, true);
