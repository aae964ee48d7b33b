'use strict';

// What the process measures of itself: `performance.nodeTiming` and `eventLoopUtilization`
// (https://nodejs.org/api/perf_hooks.html#class-performancenodetiming-extends-performanceentry).

const { PerformanceEntry } = require('internal/perf/entry');
const { inspectAs } = require('internal/perf/inspect');

const inspectCustom = Symbol.for('nodejs.util.inspect.custom');

// Positions in what `ops.performance_loop` returns.
const LOOP_START = 0;
const LOOP_EXIT = 1;
const IDLE = 2;
const TURNS = 3;
const EVENTS = 4;
const BOOTSTRAPPED = 5;
const ENGINE = 6;
const ENVIRONMENT = 7;

const loop = (index) => ops.performance_loop()[index];

const inspected = [
  'name', 'entryType', 'startTime', 'duration', 'nodeStart', 'v8Start', 'bootstrapComplete', 'environment', 'loopStart',
  'loopExit', 'idleTime',
];

class PerformanceNodeTiming {
  constructor() {
    const getter = (get) => ({ __proto__: null, enumerable: true, configurable: true, get });
    const fixed = (value) => ({ __proto__: null, enumerable: true, configurable: true, value });
    Object.defineProperties(this, {
      name: fixed('node'),
      entryType: fixed('node'),
      startTime: fixed(0),
      duration: getter(() => ops.performance_now()),
      // The clock begins when the runtime does.
      nodeStart: getter(() => 0),
      v8Start: getter(() => loop(ENGINE)),
      environment: getter(() => loop(ENVIRONMENT)),
      loopStart: getter(() => loop(LOOP_START)),
      loopExit: getter(() => loop(LOOP_EXIT)),
      bootstrapComplete: getter(() => loop(BOOTSTRAPPED)),
      idleTime: getter(() => loop(IDLE)),
      uvMetricsInfo: getter(() => {
        const metrics = ops.performance_loop();
        return { loopCount: metrics[TURNS], events: metrics[EVENTS], eventsWaiting: 0 };
      }),
    });
  }

  toJSON() {
    return { ...this };
  }

  [inspectCustom](depth, options) {
    const shown = Object.fromEntries(inspected.map((name) => [name, this[name]]));
    return inspectAs(this, 'PerformanceNodeTiming', shown, depth, options);
  }
}

Object.setPrototypeOf(PerformanceNodeTiming.prototype, PerformanceEntry.prototype);

/** How much of the loop's time was work: in all, since an earlier result, or between two. */
function eventLoopUtilization(later, earlier) {
  const metrics = ops.performance_loop();
  if (metrics[LOOP_START] <= 0) return { idle: 0, active: 0, utilization: 0 };
  const result = (idle, active) => ({ idle, active, utilization: active / (idle + active) });
  if (earlier) return result(later.idle - earlier.idle, later.active - earlier.active);
  const idle = metrics[IDLE];
  const active = ops.performance_now() - metrics[LOOP_START] - idle;
  if (!later) return result(idle, active);
  return result(idle - later.idle, active - later.active);
}

module.exports = { eventLoopUtilization, nodeTiming: new PerformanceNodeTiming() };
