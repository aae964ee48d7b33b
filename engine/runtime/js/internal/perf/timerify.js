'use strict';

// `performance.timerify` (https://nodejs.org/api/perf_hooks.html#performancetimerifyfn-options).

const { codes } = require('internal/errors');
const { makeEntry } = require('internal/perf/entry');
const { enqueue, isObserved } = require('internal/perf/observer');
const { validateFunction, validateObject } = require('internal/validators');

const NANOS_PER_MILLI = 1e6;

function report(name, start, histogram, args) {
  const duration = ops.performance_now() - start;
  histogram?.record(Math.max(1, Math.ceil(duration * NANOS_PER_MILLI)));
  if (!isObserved('function')) return;
  const entry = makeEntry(name, 'function', start, duration, args);
  // What the function got is also found under its index.
  args.forEach((arg, index) => {
    entry[index] = arg;
  });
  enqueue(entry);
}

/** A function that measures how long `fn` takes, until its promise is settled if it returns one. */
function timerify(fn, options = {}) {
  validateFunction(fn, 'fn');
  validateObject(options, 'options');
  const { histogram } = options;
  if (histogram !== undefined && typeof histogram?.record !== 'function') {
    throw new codes.ERR_INVALID_ARG_TYPE('options.histogram', 'RecordableHistogram', histogram);
  }
  function timerified(...args) {
    const start = ops.performance_now();
    const result = new.target === undefined ? Reflect.apply(fn, this, args) : Reflect.construct(fn, args, fn);
    if (new.target === undefined && typeof result?.finally === 'function') {
      return result.finally(() => report(fn.name, start, histogram, args));
    }
    report(fn.name, start, histogram, args);
    return result;
  }
  Object.defineProperties(timerified, {
    length: { __proto__: null, configurable: false, enumerable: true, value: fn.length },
    name: { __proto__: null, configurable: false, enumerable: true, value: `timerified ${fn.name}` },
  });
  return timerified;
}

module.exports = { timerify };
