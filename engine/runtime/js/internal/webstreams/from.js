'use strict';

// `ReadableStream.from` (https://streams.spec.whatwg.org/#rs-from).

const { codes } = require('internal/errors');
const { createReadable } = require('internal/webstreams/readable');
const { invalidState, kState, resolvedWith, upon } = require('internal/webstreams/util');

const isObject = (value) => (typeof value === 'object' && value !== null) || typeof value === 'function';

function openIterator(iterable) {
  let open = iterable[Symbol.asyncIterator];
  if (open === undefined || open === null) open = iterable[Symbol.iterator];
  if (typeof open !== 'function') throw new codes.ERR_ARG_NOT_ITERABLE(iterable);
  const iterator = open.call(iterable);
  if (!isObject(iterator)) throw invalidState('The iterator method must return an object');
  return iterator;
}

function from(iterable) {
  const iterator = openIterator(iterable);
  const { next } = iterator;
  let stream;
  const pull = () => {
    let result;
    try {
      result = resolvedWith(next.call(iterator));
    } catch (error) {
      return Promise.reject(error);
    }
    return upon(result, async (step) => {
      if (!isObject(step)) throw invalidState('The promise returned by the iterator.next() method must fulfill with an object');
      if (step.done) stream[kState].controller.close();
      else stream[kState].controller.enqueue(await step.value);
    });
  };
  const cancel = async (reason) => {
    const method = iterator.return;
    if (method === undefined) return;
    const result = await method.call(iterator, reason);
    if (!isObject(result)) throw invalidState('The promise returned by the iterator.return() method must fulfill with an object');
  };
  stream = createReadable(undefined, pull, cancel, 0);
  return stream;
}

module.exports = { from };
