'use strict';

// The iterator helpers of Readable: `map`, `filter`, `toArray` and the rest
// (https://nodejs.org/api/stream.html#readablemapfn-options).

const { AbortError, codes } = require('internal/errors');
const { validateAbortSignal, validateFunction, validateInteger, validateObject } = require('internal/validators');

/** What a function gives for a chunk that is not to come out. */
const kEmpty = Symbol('kEmpty');
const kEnd = Symbol('kEnd');

function checkOptions(options) {
  if (options !== undefined && options !== null) validateObject(options, 'options');
  if (options?.signal !== undefined && options.signal !== null) validateAbortSignal(options.signal, 'options.signal');
}

function aborted(signal) {
  return new AbortError(undefined, { cause: signal.reason });
}

/** Results of `fn` for every chunk, in order, so many at a time. */
function map(stream, fn, options) {
  validateFunction(fn, 'fn');
  checkOptions(options);
  let concurrency = 1;
  if (options?.concurrency !== undefined && options.concurrency !== null) {
    concurrency = Math.floor(options.concurrency);
  }
  let highWaterMark = concurrency - 1;
  if (options?.highWaterMark !== undefined && options.highWaterMark !== null) {
    highWaterMark = Math.floor(options.highWaterMark);
  }
  validateInteger(concurrency, 'options.concurrency', 1);
  validateInteger(highWaterMark, 'options.highWaterMark', 0);
  highWaterMark += concurrency;
  return mapped(stream, fn, options, concurrency, highWaterMark);
}

async function* mapped(stream, fn, options, concurrency, highWaterMark) {
  const signal = options?.signal ? AbortSignal.any([options.signal]) : new AbortController().signal;
  const queue = [];
  const fnOptions = { signal };
  let next;
  let resume;
  let done = false;
  let running = 0;

  function onRejected() {
    done = true;
    onSettled();
  }
  function onSettled() {
    running -= 1;
    mayResume();
  }
  function mayResume() {
    if (resume && !done && running < concurrency && queue.length < highWaterMark) {
      resume();
      resume = null;
    }
  }

  async function pump() {
    try {
      for await (let value of stream) {
        if (done) return;
        if (signal.aborted) throw new AbortError();
        try {
          value = fn(value, fnOptions);
          if (value === kEmpty) continue;
          value = Promise.resolve(value);
        } catch (error) {
          value = Promise.reject(error);
        }
        running += 1;
        value.then(onSettled, onRejected);
        queue.push(value);
        if (next) {
          next();
          next = null;
        }
        if (!done && (queue.length >= highWaterMark || running >= concurrency)) {
          await new Promise((resolve) => {
            resume = resolve;
          });
        }
      }
      queue.push(kEnd);
    } catch (error) {
      const value = Promise.reject(error);
      value.then(onSettled, onRejected);
      queue.push(value);
    } finally {
      done = true;
      if (next) {
        next();
        next = null;
      }
    }
  }
  pump();

  try {
    for (;;) {
      while (queue.length > 0) {
        const value = await queue[0];
        if (value === kEnd) return;
        if (signal.aborted) throw new AbortError();
        if (value !== kEmpty) yield value;
        queue.shift();
        mayResume();
      }
      await new Promise((resolve) => {
        next = resolve;
      });
    }
  } finally {
    done = true;
    if (resume) {
      resume();
      resume = null;
    }
  }
}

/** The chunks for which `fn` says yes. */
function filter(stream, fn, options) {
  validateFunction(fn, 'fn');
  return map(stream, async (value, fnOptions) => (await fn(value, fnOptions) ? value : kEmpty), options);
}

/** What the iterables give that `fn` returns. */
function flatMap(stream, fn, options) {
  const values = map(stream, fn, options);
  return (async function* () {
    for await (const value of values) yield* value;
  })();
}

function toCount(number) {
  number = Number(number);
  if (Number.isNaN(number)) return 0;
  if (number < 0) throw new codes.ERR_OUT_OF_RANGE('number', '>= 0', number);
  return number;
}

/** All but the first chunks. */
function drop(stream, number, options) {
  checkOptions(options);
  number = toCount(number);
  return (async function* () {
    if (options?.signal?.aborted) throw new AbortError();
    for await (const value of stream) {
      if (options?.signal?.aborted) throw new AbortError();
      if (number-- <= 0) yield value;
    }
  })();
}

/** The first chunks. */
function take(stream, number, options) {
  checkOptions(options);
  number = toCount(number);
  return (async function* () {
    if (options?.signal?.aborted) throw new AbortError();
    for await (const value of stream) {
      if (options?.signal?.aborted) throw new AbortError();
      if (number-- > 0) yield value;
      // Not one more is read than is wanted.
      if (number <= 0) return;
    }
  })();
}

/** Whether `fn` says yes for one of them. */
async function some(stream, fn, options) {
  for await (const _ of filter(stream, fn, options)) return true;
  return false;
}

/** Whether `fn` says yes for all of them. */
async function every(stream, fn, options) {
  validateFunction(fn, 'fn');
  return !(await some(stream, async (...args) => !(await fn(...args)), options));
}

/** The first for which `fn` says yes. */
async function find(stream, fn, options) {
  for await (const result of filter(stream, fn, options)) return result;
  return undefined;
}

/** Calls `fn` for all of them. */
async function forEach(stream, fn, options) {
  validateFunction(fn, 'fn');
  async function call(value, fnOptions) {
    await fn(value, fnOptions);
    return kEmpty;
  }
  for await (const _ of map(stream, call, options));
}

/** All chunks in an array. */
async function toArray(stream, options) {
  checkOptions(options);
  const result = [];
  for await (const value of stream) {
    if (options?.signal?.aborted) throw aborted(options.signal);
    result.push(value);
  }
  return result;
}

class ReduceAwareErrMissingArgs extends codes.ERR_MISSING_ARGS {
  constructor() {
    super('reduce');
    this.message = 'Reduce of an empty stream requires an initial value';
  }
}

/** One value made of all chunks. */
async function reduce(stream, reducer, hasInitialValue, initialValue, options) {
  validateFunction(reducer, 'reducer');
  checkOptions(options);
  if (options?.signal?.aborted) {
    const error = aborted(options.signal);
    // Whoever destroys later must not find it unhandled.
    stream.once('error', () => {});
    await require('internal/streams/end_of_stream').finished(stream.destroy(error));
    throw error;
  }
  const controller = new AbortController();
  const { signal } = controller;
  if (options?.signal) {
    options.signal.addEventListener('abort', () => controller.abort(), { once: true });
  }
  let isEmpty = true;
  try {
    for await (const value of stream) {
      isEmpty = false;
      if (options?.signal?.aborted) throw new AbortError();
      if (hasInitialValue) {
        initialValue = await reducer(initialValue, value, { signal });
      } else {
        initialValue = value;
        hasInitialValue = true;
      }
    }
    if (isEmpty && !hasInitialValue) throw new ReduceAwareErrMissingArgs();
  } finally {
    controller.abort();
  }
  return initialValue;
}

module.exports = { drop, every, filter, find, flatMap, forEach, map, reduce, some, take, toArray };
