'use strict';

// PerformanceEntry, PerformanceMark and PerformanceMeasure (https://w3c.github.io/performance-timeline/,
// https://w3c.github.io/user-timing/).

const { codes } = require('internal/errors');
const { inspectAs } = require('internal/perf/inspect');
const { validateNumber, validateObject } = require('internal/validators');

const kName = Symbol('PerformanceEntry.Name');
const kEntryType = Symbol('PerformanceEntry.EntryType');
const kStartTime = Symbol('PerformanceEntry.StartTime');
const kDuration = Symbol('PerformanceEntry.Duration');
const kDetail = Symbol('kDetail');
/** First argument of the constructors that scripts cannot call. */
const kSkipThrow = Symbol('kSkipThrow');
const inspectCustom = Symbol.for('nodejs.util.inspect.custom');

/** Moments of the process itself, which are no names for marks. */
const nodeMoments = new Set(['nodeStart', 'v8Start', 'environment', 'loopStart', 'loopExit', 'bootstrapComplete']);

function checkEntry(value) {
  if (value?.[kName] === undefined) throw new codes.ERR_INVALID_THIS('PerformanceEntry');
}

class PerformanceEntry {
  constructor(skipThrow = undefined, name = undefined, type = undefined, start = undefined, duration = undefined) {
    if (skipThrow !== kSkipThrow) throw new codes.ERR_ILLEGAL_CONSTRUCTOR();
    this[kName] = name;
    this[kEntryType] = type;
    this[kStartTime] = start;
    this[kDuration] = duration;
  }

  get name() {
    checkEntry(this);
    return this[kName];
  }

  get entryType() {
    checkEntry(this);
    return this[kEntryType];
  }

  get startTime() {
    checkEntry(this);
    return this[kStartTime];
  }

  get duration() {
    checkEntry(this);
    return this[kDuration];
  }

  toJSON() {
    checkEntry(this);
    const { [kName]: name, [kEntryType]: entryType, [kStartTime]: startTime, [kDuration]: duration } = this;
    const json = { name, entryType, startTime, duration };
    if (this[kDetail] !== undefined) json.detail = this[kDetail];
    return json;
  }

  [inspectCustom](depth, options) {
    return inspectAs(this, this.constructor.name, this.toJSON(), depth, options);
  }
}

for (const name of ['name', 'entryType', 'startTime', 'duration', 'toJSON']) {
  Object.defineProperty(PerformanceEntry.prototype, name, { __proto__: null, enumerable: true });
}

function cloneDetail(detail) {
  if (detail === undefined || detail === null) return null;
  return require('internal/structured_clone').structuredClone(detail);
}

class PerformanceMark extends PerformanceEntry {
  constructor(name, options = undefined) {
    if (arguments.length === 0) throw new codes.ERR_MISSING_ARGS('name');
    name = `${name}`;
    if (nodeMoments.has(name)) throw new codes.ERR_INVALID_ARG_VALUE('name', name);
    if (options !== undefined && options !== null) validateObject(options, 'options');
    const startTime = options?.startTime ?? ops.performance_now();
    validateNumber(startTime, 'startTime');
    if (startTime < 0) throw new codes.ERR_PERFORMANCE_INVALID_TIMESTAMP(startTime);
    const detail = cloneDetail(options?.detail);
    super(kSkipThrow, name, 'mark', startTime, 0);
    this[kDetail] = detail;
  }

  get detail() {
    if (this?.[kDetail] === undefined) throw new codes.ERR_INVALID_THIS('PerformanceMark');
    return this[kDetail];
  }

  toJSON() {
    return super.toJSON();
  }
}

class PerformanceMeasure extends PerformanceEntry {
  constructor(skipThrow = undefined, name = undefined, start = undefined, duration = undefined, detail = undefined) {
    super(skipThrow, name, 'measure', start, duration);
    this[kDetail] = cloneDetail(detail);
  }

  get detail() {
    if (this?.[kDetail] === undefined) throw new codes.ERR_INVALID_THIS('PerformanceMeasure');
    return this[kDetail];
  }

  toJSON() {
    return super.toJSON();
  }
}

for (const Class of [PerformanceMark, PerformanceMeasure]) {
  Object.defineProperties(Class.prototype, {
    detail: { __proto__: null, enumerable: true },
    [Symbol.toStringTag]: { __proto__: null, configurable: true, value: Class.name },
  });
}

/** What a timed function or an operation of the process leaves. */
class PerformanceNodeEntry extends PerformanceEntry {}

function makeEntry(name, type, start, duration, detail) {
  const entry = new PerformanceNodeEntry(kSkipThrow, name, type, start, duration);
  entry[kDetail] = detail;
  Object.defineProperty(entry, 'detail', { __proto__: null, value: detail, enumerable: false, configurable: true });
  return entry;
}

module.exports = {
  PerformanceEntry, PerformanceMark, PerformanceMeasure, kName, kSkipThrow, kStartTime, makeEntry, nodeMoments,
};
