'use strict';

// Histograms (https://nodejs.org/api/perf_hooks.html#class-histogram).

const { kClone, markCloneable } = require('internal/clone_marks');
const { codes } = require('internal/errors');
const { HdrHistogram } = require('internal/perf/hdr');
const { inspectAs } = require('internal/perf/inspect');
const { validateInteger, validateNumber, validateObject } = require('internal/validators');

const kHandle = Symbol('kHandle');
const kRecordable = Symbol('kRecordable');
/** First argument of the constructors that scripts cannot call. */
const kSkipThrow = Symbol('kSkipThrow');
const inspectCustom = Symbol.for('nodejs.util.inspect.custom');

const LOWEST = 1;
const FIGURES = 3;
const MOST_FIGURES = 5;

function handleOf(histogram, type = 'Histogram') {
  const handle = histogram?.[kHandle];
  if (handle === undefined) throw new codes.ERR_INVALID_THIS(type);
  return handle;
}

/** Numbers beyond 2^53 come from empty histograms only. */
const toBigInt = (number) => (number >= 2 ** 63 - 1 ? 2n ** 63n - 1n : BigInt(number));

function checkPercentile(percentile) {
  validateNumber(percentile, 'percentile');
  if (!(percentile > 0 && percentile <= 100)) {
    throw new codes.ERR_OUT_OF_RANGE('percentile', '> 0 && <= 100', percentile);
  }
}

/** A value to be counted, as a number. */
function toValue(value, name) {
  if (typeof value === 'bigint') return Number(value);
  validateInteger(value, name, 1);
  return value;
}

class Histogram {
  constructor(skipThrow = undefined) {
    if (skipThrow !== kSkipThrow) throw new codes.ERR_ILLEGAL_CONSTRUCTOR();
  }

  get count() {
    return handleOf(this).count;
  }

  get countBigInt() {
    return toBigInt(handleOf(this).count);
  }

  countAt(value) {
    return handleOf(this).countAt(toValue(value, 'value'));
  }

  get min() {
    return handleOf(this).min;
  }

  get minBigInt() {
    return toBigInt(handleOf(this).min);
  }

  get max() {
    return handleOf(this).max;
  }

  get maxBigInt() {
    return toBigInt(handleOf(this).max);
  }

  get mean() {
    return handleOf(this).mean;
  }

  get exceeds() {
    return handleOf(this).exceeds;
  }

  get exceedsBigInt() {
    return toBigInt(handleOf(this).exceeds);
  }

  get kurtosis() {
    return handleOf(this).kurtosis;
  }

  get skewness() {
    return handleOf(this).skewness;
  }

  get stddev() {
    return handleOf(this).stddev;
  }

  percentile(percentile) {
    const handle = handleOf(this);
    checkPercentile(percentile);
    return handle.percentile(percentile);
  }

  percentileBigInt(percentile) {
    const handle = handleOf(this);
    checkPercentile(percentile);
    return toBigInt(handle.percentile(percentile));
  }

  get percentiles() {
    return new Map(handleOf(this).percentiles());
  }

  get percentilesBigInt() {
    return new Map([...handleOf(this).percentiles()].map(([percentile, value]) => [percentile, toBigInt(value)]));
  }

  reset() {
    handleOf(this).reset();
  }

  toJSON() {
    const { count, min, max, mean, exceeds, stddev, skewness, kurtosis } = this;
    return {
      count, min, max, mean, exceeds, stddev, skewness, kurtosis,
      ewmaMean: 0, ewmaStddev: 0, ewmaErrorRate: 0,
      percentiles: Object.fromEntries(this.percentiles),
    };
  }

  [inspectCustom](depth, options) {
    const { min, max, mean, exceeds, stddev, skewness, kurtosis, count, percentiles } = this;
    const shown = { min, max, mean, exceeds, stddev, skewness, kurtosis, count, percentiles };
    return inspectAs(this, 'Histogram', shown, depth, options);
  }

  [kClone]() {
    return { data: { isRecordable: kRecordable in this }, shared: this[kHandle],
      deserializeInfo: 'internal/perf/histogram:makeClone' };
  }
}

class RecordableHistogram extends Histogram {
  /** When `recordDelta` was last called, in nanoseconds. */
  #last;

  constructor(skipThrow = undefined) {
    super(skipThrow);
  }

  record(value) {
    handleOf(this, 'RecordableHistogram').record(toValue(value, 'val'));
  }

  recordDelta() {
    const handle = handleOf(this, 'RecordableHistogram');
    const now = ops.time_now_ns();
    if (this.#last !== undefined) handle.record(Number(now - this.#last));
    this.#last = now;
  }

  recordCorrected(value, expectedInterval) {
    const handle = handleOf(this, 'RecordableHistogram');
    const interval = toValue(expectedInterval, 'expectedInterval');
    for (let missed = toValue(value, 'val'); missed >= interval; missed -= interval) handle.record(missed);
    if (value < interval) handle.record(Number(value));
  }

  subtract(other) {
    handleOf(this, 'RecordableHistogram').add(recordable(other), -1);
  }

  add(other) {
    handleOf(this, 'RecordableHistogram').add(recordable(other));
  }
}

function recordable(other) {
  if (other?.[kRecordable] !== true) throw new codes.ERR_INVALID_ARG_TYPE('other', 'RecordableHistogram', other);
  return other[kHandle];
}

function makeRecordable(handle) {
  const histogram = new RecordableHistogram(kSkipThrow);
  histogram[kRecordable] = true;
  histogram[kHandle] = handle;
  markCloneable(histogram);
  return histogram;
}

/** The copy that `structuredClone` makes: it counts together with the original. */
function makeClone({ isRecordable }, handle) {
  if (isRecordable) return makeRecordable(handle);
  const histogram = new Histogram(kSkipThrow);
  histogram[kHandle] = handle;
  markCloneable(histogram);
  return histogram;
}

/** A histogram for values from `lowest` to `highest`, exact to so many `figures`. */
function createHistogram(options = {}) {
  validateObject(options, 'options');
  const { lowest = LOWEST, highest = Number.MAX_SAFE_INTEGER, figures = FIGURES } = options;
  if (typeof lowest !== 'bigint') validateInteger(lowest, 'options.lowest', 1, Number.MAX_SAFE_INTEGER);
  if (typeof highest !== 'bigint') {
    const least = 2n * BigInt(lowest);
    if (!Number.isInteger(highest)) validateInteger(highest, 'options.highest');
    if (BigInt(highest) < least) {
      throw new codes.ERR_OUT_OF_RANGE('options.highest', `>= 2 * options.lowest (${least}n)`, highest);
    }
  } else if (highest < 2n * BigInt(lowest)) {
    throw new codes.ERR_INVALID_ARG_VALUE('options.highest', highest);
  }
  validateInteger(figures, 'options.figures', 1, MOST_FIGURES);
  return makeRecordable(new HdrHistogram(Number(lowest), Number(highest), figures));
}

module.exports = { Histogram, createHistogram, kHandle, kSkipThrow, makeClone };
