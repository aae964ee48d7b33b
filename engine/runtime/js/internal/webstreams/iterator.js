'use strict';

// Asynchronous iteration over a ReadableStream (https://streams.spec.whatwg.org/#rs-asynciterator).

const { kState, upon } = require('internal/webstreams/util');

const AsyncIteratorPrototype = Object.getPrototypeOf(Object.getPrototypeOf(async function* () {}).prototype);

/** Calls made while an earlier one is pending wait for it. */
function iterate(stream, preventCancel) {
  const reader = stream.getReader()[kState];
  let ongoing;
  let isFinished = false;

  const next = () => {
    if (isFinished) return Promise.resolve({ done: true, value: undefined });
    if (reader.stream === undefined) {
      return Promise.reject(require('internal/webstreams/util').invalidState('The reader is not bound to a ReadableStream'));
    }
    const { promise, resolve, reject } = Promise.withResolvers();
    reader.read({
      chunk(value) {
        ongoing = undefined;
        resolve({ done: false, value });
      },
      close() {
        ongoing = undefined;
        isFinished = true;
        reader.release();
        resolve({ done: true, value: undefined });
      },
      error(error) {
        ongoing = undefined;
        isFinished = true;
        reader.release();
        reject(error);
      },
    });
    return promise;
  };
  const finish = async (value) => {
    if (isFinished) return { done: true, value };
    isFinished = true;
    if (reader.stream === undefined) return { done: true, value };
    if (!preventCancel) {
      const result = reader.stream.cancel(value);
      reader.release();
      await result;
    } else {
      reader.release();
    }
    return { done: true, value };
  };
  const iterator = {
    async next() {
      ongoing = ongoing === undefined ? next() : upon(ongoing, next, next);
      return ongoing;
    },
    async return(value) {
      ongoing = ongoing === undefined ? finish(value) : upon(ongoing, () => finish(value), () => finish(value));
      return ongoing;
    },
  };
  return Object.setPrototypeOf(iterator, AsyncIteratorPrototype);
}

module.exports = { iterate };
