'use strict';

// The global `performance` (https://w3c.github.io/hr-time/, https://nodejs.org/api/perf_hooks.html#perf_hooksperformance).

const { codes } = require('internal/errors');
const { EventTarget, defineEventHandler, initEventTarget } = require('internal/event_target');
const { eventLoopUtilization, nodeTiming } = require('internal/perf/node_timing');
const { inspectAs } = require('internal/perf/inspect');
const { timerify } = require('internal/perf/timerify');
const timeline = require('internal/perf/timeline');

const kPerformance = Symbol('performance');
const inspectCustom = Symbol.for('nodejs.util.inspect.custom');

function check(value) {
  if (value?.[kPerformance] !== true) throw new codes.ERR_INVALID_THIS('Performance');
}

function required(args, name) {
  if (args.length === 0) throw new codes.ERR_MISSING_ARGS(name);
}

let origin;

class Performance extends EventTarget {
  constructor() {
    throw new codes.ERR_ILLEGAL_CONSTRUCTOR();
  }

  [inspectCustom](depth, options) {
    return inspectAs(this, 'Performance', { nodeTiming: this.nodeTiming, timeOrigin: this.timeOrigin }, depth, options);
  }

  clearMarks(name = undefined) {
    check(this);
    timeline.clear('mark', name);
  }

  clearMeasures(name = undefined) {
    check(this);
    timeline.clear('measure', name);
  }

  clearResourceTimings(name = undefined) {
    check(this);
    timeline.clear('resource', name);
  }

  getEntries() {
    check(this);
    return timeline.entries();
  }

  getEntriesByName(name, type = undefined) {
    check(this);
    required(arguments, 'name');
    return timeline.entries(type === undefined ? undefined : `${type}`, `${name}`);
  }

  getEntriesByType(type) {
    check(this);
    required(arguments, 'type');
    return timeline.entries(`${type}`);
  }

  mark(name, options = {}) {
    check(this);
    required(arguments, 'name');
    return timeline.mark(name, options);
  }

  measure(name, startOrMeasureOptions = {}, endMark = undefined) {
    check(this);
    required(arguments, 'name');
    return timeline.measure(name, startOrMeasureOptions, endMark);
  }

  now() {
    check(this);
    return ops.performance_now();
  }

  setResourceTimingBufferSize(maxSize) {
    check(this);
    required(arguments, 'maxSize');
    timeline.setResourcesKept(Number.isSafeInteger(maxSize) && maxSize > 0 ? maxSize : 0);
  }

  get timeOrigin() {
    check(this);
    origin ??= ops.performance_origin();
    return origin;
  }

  toJSON() {
    check(this);
    return {
      nodeTiming: this.nodeTiming.toJSON(),
      timeOrigin: this.timeOrigin,
      eventLoopUtilization: eventLoopUtilization(),
    };
  }
}

/** Tells the timeline that a resource was fetched. */
function markResourceTiming(timing, url, initiatorType, global, cacheMode, bodyInfo, responseStatus, deliveryType = '') {
  return require('internal/perf/resource_timing')
    .markResourceTiming(timing, url, { initiatorType, cacheMode, bodyInfo, responseStatus, deliveryType });
}

for (const name of [
  'clearMarks', 'clearMeasures', 'clearResourceTimings', 'getEntries', 'getEntriesByName', 'getEntriesByType', 'mark',
  'measure', 'now', 'setResourceTimingBufferSize', 'timeOrigin', 'toJSON',
]) {
  Object.defineProperty(Performance.prototype, name, { __proto__: null, enumerable: true });
}
const hidden = (value) => ({ __proto__: null, configurable: true, enumerable: false, writable: true, value });
Object.defineProperties(Performance.prototype, {
  eventLoopUtilization: hidden(eventLoopUtilization),
  nodeTiming: hidden(nodeTiming),
  markResourceTiming: hidden(markResourceTiming),
  timerify: hidden(timerify),
  [Symbol.toStringTag]: { __proto__: null, configurable: true, value: 'Performance' },
});
defineEventHandler(Performance.prototype, 'resourcetimingbufferfull');

const performance = Reflect.construct(function() {
  initEventTarget(this);
  this[kPerformance] = true;
}, [], Performance);

module.exports = { Performance, performance };
