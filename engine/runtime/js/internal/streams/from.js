'use strict';

// `Readable.from`: a stream of what an iterable gives (https://nodejs.org/api/stream.html#streamreadablefromiterable-options).

const { codes } = require('internal/errors');

/** A Readable over an iterable; strings and Buffers are one chunk. */
function from(Readable, iterable, opts) {
  if (typeof iterable === 'string' || iterable instanceof require('buffer').Buffer) {
    return new Readable({
      objectMode: true,
      ...opts,
      read() {
        this.push(iterable);
        this.push(null);
      },
    });
  }

  let iterator;
  let isAsync;
  if (iterable?.[Symbol.asyncIterator]) {
    isAsync = true;
    iterator = iterable[Symbol.asyncIterator]();
  } else if (iterable?.[Symbol.iterator]) {
    isAsync = false;
    iterator = iterable[Symbol.iterator]();
  } else {
    throw new codes.ERR_INVALID_ARG_TYPE('iterable', ['Iterable'], iterable);
  }

  const readable = new Readable({ objectMode: true, highWaterMark: 1, ...opts });
  let isReading = false;

  readable._read = function () {
    if (isReading) return;
    isReading = true;
    if (isAsync) next();
    else nextNow();
  };
  readable._destroy = function (error, callback) {
    close(error).then(
      () => process.nextTick(callback, error),
      (failed) => process.nextTick(callback, failed || error),
    );
  };

  async function close(error) {
    const hasError = error !== undefined && error !== null;
    if (hasError && typeof iterator.throw === 'function') {
      const { value, done } = await iterator.throw(error);
      await value;
      if (done) return;
    }
    if (typeof iterator.return === 'function') {
      const { value } = await iterator.return();
      await value;
    }
  }

  /** Takes values as long as the stream wants more and they are there without waiting. */
  function nextNow() {
    for (;;) {
      try {
        const { value, done } = iterator.next();
        if (done) {
          readable.push(null);
          return;
        }
        if (value && typeof value.then === 'function') {
          pushAwaited(value);
          return;
        }
        if (value === null) throw new codes.ERR_STREAM_NULL_VALUES();
        if (readable.push(value)) continue;
        isReading = false;
      } catch (error) {
        readable.destroy(error);
      }
      return;
    }
  }

  async function pushAwaited(value) {
    try {
      const settled = await value;
      if (settled === null) throw new codes.ERR_STREAM_NULL_VALUES();
      if (readable.push(settled)) {
        nextNow();
        return;
      }
      isReading = false;
    } catch (error) {
      readable.destroy(error);
    }
  }

  async function next() {
    for (;;) {
      try {
        const { value, done } = await iterator.next();
        if (done) {
          readable.push(null);
          return;
        }
        const settled = value && typeof value.then === 'function' ? await value : value;
        if (settled === null) throw new codes.ERR_STREAM_NULL_VALUES();
        if (readable.push(settled)) continue;
        isReading = false;
      } catch (error) {
        readable.destroy(error);
      }
      return;
    }
  }
  return readable;
}

module.exports = { from };
