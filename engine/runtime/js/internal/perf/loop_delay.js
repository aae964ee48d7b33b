'use strict';

// `monitorEventLoopDelay` (https://nodejs.org/api/perf_hooks.html#perf_hooksmonitoreventloopdelayoptions): a timer that
// measures how late it is.

const { codes } = require('internal/errors');
const { HdrHistogram } = require('internal/perf/hdr');
const { Histogram, kHandle, kSkipThrow } = require('internal/perf/histogram');
const { validateInteger, validateObject } = require('internal/validators');

const kEnabled = Symbol('kEnabled');
const RESOLUTION = 10;
const HOUR_IN_NANOS = 3.6e12;
const FIGURES = 3;

let setResolution;

class ELDHistogram extends Histogram {
  #resolution;
  #timer;

  static {
    setResolution = (histogram, resolution) => {
      histogram.#resolution = resolution;
    };
  }

  constructor(skipThrow = undefined) {
    super(skipThrow);
    this[kEnabled] = false;
    this[kHandle] = new HdrHistogram(1, HOUR_IN_NANOS, FIGURES);
  }

  enable() {
    if (this[kEnabled] === undefined) throw new codes.ERR_INVALID_THIS('ELDHistogram');
    if (this[kEnabled]) return false;
    this[kEnabled] = true;
    let last;
    this.#timer = require('timers').setInterval(() => {
      const now = ops.time_now_ns();
      if (last !== undefined) this[kHandle].record(Number(now - last));
      last = now;
    }, this.#resolution).unref();
    return true;
  }

  disable() {
    if (this[kEnabled] === undefined) throw new codes.ERR_INVALID_THIS('ELDHistogram');
    if (!this[kEnabled]) return false;
    this[kEnabled] = false;
    require('timers').clearInterval(this.#timer);
    return true;
  }

  [Symbol.dispose]() {
    this.disable();
  }
}

/** A histogram of nanoseconds between the calls of a timer; it counts while it is enabled. */
function monitorEventLoopDelay(options = {}) {
  validateObject(options, 'options');
  const { resolution = RESOLUTION } = options;
  validateInteger(resolution, 'options.resolution', 1);
  const histogram = new ELDHistogram(kSkipThrow);
  setResolution(histogram, resolution);
  return histogram;
}

module.exports = { monitorEventLoopDelay };
