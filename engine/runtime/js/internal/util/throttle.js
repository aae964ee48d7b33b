'use strict';

// `util.throttle` (https://nodejs.org/api/util.html#utilthrottlefn-limit-interval-options): so many calls in so much time.

const { AbortError, codes } = require('internal/errors');
const { attach, checkSignal, Deferred } = require('internal/util/rate');
const validators = require('internal/validators');

const LONGEST = 2 ** 31 - 1;
const OVERFLOWS = ['queue', 'drop'];

/** Calls within windows of fixed length: the first call after a window opens the next one. */
class FixedWindow {
  constructor(limit, interval) {
    this.limit = limit;
    this.interval = interval;
    this.reset();
  }

  reset() {
    this.start = -Infinity;
    this.count = 0;
  }

  /** Milliseconds until a call may start. */
  delay(now) {
    if (this.count < this.limit) return 0;
    return Math.max(0, this.start + this.interval - now);
  }

  take(now) {
    if (now - this.start >= this.interval) {
      this.start = now;
      this.count = 0;
    }
    this.count += 1;
  }
}

/** No more than `limit` calls within any span of `interval` milliseconds. */
class SlidingWindow {
  constructor(limit, interval) {
    this.limit = limit;
    this.interval = interval;
    this.reset();
  }

  reset() {
    this.starts = [];
  }

  delay(now) {
    if (this.starts.length < this.limit) return 0;
    return Math.max(0, this.starts[this.starts.length - this.limit] + this.interval - now);
  }

  take(now) {
    this.starts.push(now);
    if (this.starts.length > this.limit) this.starts.shift();
  }
}

function now() {
  const [seconds, nanoseconds] = process.hrtime();
  return seconds * 1e3 + nanoseconds / 1e6;
}

/** A promise of what the call returns or throws. */
function settled(fn, self, args) {
  try {
    return Promise.resolve(Reflect.apply(fn, self, args));
  } catch (error) {
    return Promise.reject(error);
  }
}

/** The state behind one throttled function. */
class Throttler {
  constructor(fn, window, { concurrency, maxPending, overflow }) {
    this.fn = fn;
    this.window = window;
    this.concurrency = concurrency;
    this.most = overflow === 'drop' ? 0 : maxPending;
    /** Calls that wait, oldest first: [deferred, args]. */
    this.queue = [];
    this.activeCount = 0;
    this.timer = undefined;
    this.refd = true;
    this.self = undefined;
    this.signal = undefined;
  }

  call(args) {
    const deferred = new Deferred();
    if (this.signal?.aborted) {
      deferred.reject(new AbortError(undefined, { cause: this.signal.reason }));
    } else if (this.hasImmediateCapacity()) {
      this.start(deferred, args);
    } else if (this.queue.length >= this.most) {
      deferred.reject(new codes.ERR_THROTTLED());
    } else {
      this.queue.push([deferred, args]);
      this.schedule();
    }
    return deferred.promise;
  }

  hasImmediateCapacity() {
    if (this.signal?.aborted || this.queue.length > 0 || this.activeCount >= this.concurrency) return false;
    return this.window.delay(now()) === 0;
  }

  start(deferred, args) {
    this.window.take(now());
    this.activeCount += 1;
    // The place is free again before anyone hears of the result.
    settled(this.fn, this.self, args).then(
      (value) => {
        this.activeCount -= 1;
        deferred.resolve(value);
        this.run();
      },
      (error) => {
        this.activeCount -= 1;
        deferred.reject(error);
        this.run();
      },
    );
  }

  /** Starts as many of those who wait as may start now. */
  run() {
    while (this.queue.length > 0 && this.activeCount < this.concurrency && this.window.delay(now()) === 0) {
      const [deferred, args] = this.queue.shift();
      this.start(deferred, args);
    }
    this.schedule();
  }

  schedule() {
    if (this.timer !== undefined || this.queue.length === 0 || this.activeCount >= this.concurrency) return;
    this.timer = setTimeout(
      () => {
        this.timer = undefined;
        this.run();
      },
      Math.ceil(this.window.delay(now())),
    );
    if (!this.refd) this.timer.unref();
  }

  cancel(reason) {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.window.reset();
    const { queue } = this;
    this.queue = [];
    for (const [deferred] of queue) {
      deferred.reject(new AbortError(undefined, reason === undefined ? undefined : { cause: reason }));
    }
  }

  get pending() {
    return this.queue.at(-1)?.[0].promise ?? null;
  }

  get pendingCount() {
    return this.queue.length;
  }
}

function checkCount(value, name, least) {
  if (value !== Infinity) validators.validateInteger(value, name, least);
}

/** A function that calls `fn` at most `limit` times within `interval` milliseconds. */
function throttle(fn, limit, interval, options = {}) {
  validators.validateFunction(fn, 'fn');
  validators.validateInteger(limit, 'limit', 1);
  validators.validateInteger(interval, 'interval', 0, LONGEST);
  validators.validateObject(options, 'options');
  const { concurrency = Infinity, maxPending = Infinity, overflow = 'queue', signal, strict = false } = options;
  checkCount(concurrency, 'options.concurrency', 1);
  checkCount(maxPending, 'options.maxPending', 0);
  validators.validateOneOf(overflow, 'options.overflow', OVERFLOWS);
  validators.validateBoolean(strict, 'options.strict');
  checkSignal(signal);

  const Window = strict ? SlidingWindow : FixedWindow;
  const throttler = new Throttler(fn, new Window(limit, interval), { concurrency, maxPending, overflow });
  function throttled(...args) {
    return throttler.call(args);
  }
  const methods = {
    cancel(reason) {
      throttler.cancel(reason);
    },
    hasImmediateCapacity() {
      return throttler.hasImmediateCapacity();
    },
  };
  attach(throttled, throttler, methods, ['pending', 'pendingCount', 'activeCount'], signal);
  return throttled;
}

module.exports = { throttle };
