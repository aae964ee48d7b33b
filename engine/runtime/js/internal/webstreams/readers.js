'use strict';

// ReadableStreamDefaultReader and ReadableStreamBYOBReader (https://streams.spec.whatwg.org/#rs-readers).

const { codes } = require('internal/errors');
const { validateBuffer, validateObject } = require('internal/validators');
const { ReadableState, ReaderState } = require('internal/webstreams/readable_state');
const { finish, invalidState, kState, setState, stateOf } = require('internal/webstreams/util');

class DefaultReaderState extends ReaderState {}
class ByobReaderState extends ReaderState {}

const unattached = () => invalidState('The reader is not attached to a stream');

/** A read request that settles a promise. */
function promiseRequest() {
  const { promise, resolve, reject } = Promise.withResolvers();
  return {
    promise,
    chunk: (value) => resolve({ done: false, value }),
    close: (value) => resolve({ done: true, value }),
    error: reject,
  };
}

function streamOf(stream) {
  const state = stream?.[kState];
  if (!(state instanceof ReadableState)) throw new codes.ERR_INVALID_ARG_TYPE('stream', 'ReadableStream', stream);
  if (state.locked) throw invalidState('ReadableStream is locked');
  return state;
}

class ReadableStreamDefaultReader {
  constructor(stream) {
    setState(this, new DefaultReaderState(streamOf(stream), false));
  }

  read() {
    const state = this?.[kState];
    if (!(state instanceof DefaultReaderState)) {
      return Promise.reject(new codes.ERR_INVALID_THIS('ReadableStreamDefaultReader'));
    }
    if (state.stream === undefined) return Promise.reject(unattached());
    const request = promiseRequest();
    state.read(request);
    return request.promise;
  }

  releaseLock() {
    const state = stateOf(this, DefaultReaderState, 'ReadableStreamDefaultReader');
    if (state.stream !== undefined) state.release();
  }

  get closed() {
    const state = this?.[kState];
    if (!(state instanceof DefaultReaderState)) {
      return Promise.reject(new codes.ERR_INVALID_THIS('ReadableStreamDefaultReader'));
    }
    return state.closed.promise;
  }

  cancel(reason = undefined) {
    const state = this?.[kState];
    if (!(state instanceof DefaultReaderState)) {
      return Promise.reject(new codes.ERR_INVALID_THIS('ReadableStreamDefaultReader'));
    }
    return state.stream === undefined ? Promise.reject(unattached()) : state.stream.cancel(reason);
  }
}

class ReadableStreamBYOBReader {
  constructor(stream) {
    const state = streamOf(stream);
    if (!state.isBytes) throw new codes.ERR_INVALID_ARG_VALUE('stream', stream, 'must be a byte stream');
    setState(this, new ByobReaderState(state, true));
  }

  async read(view, options = {}) {
    const state = stateOf(this, ByobReaderState, 'ReadableStreamBYOBReader');
    validateBuffer(view, 'view');
    validateObject(options, 'options', { allowArray: true, allowFunction: true, nullable: true });
    if (view.byteLength === 0 || view.buffer.byteLength === 0) {
      throw invalidState('View or Viewed ArrayBuffer is zero-length or detached');
    }
    const min = options?.min === undefined ? 1 : Math.trunc(+options.min);
    if (!(min > 0)) throw new codes.ERR_INVALID_ARG_VALUE('options.min', options.min, 'must be greater than 0');
    const length = view instanceof DataView ? view.byteLength : view.length;
    if (min > length) {
      const name = view instanceof DataView ? 'view.byteLength' : 'view.length';
      throw new codes.ERR_OUT_OF_RANGE('options.min', `<= ${name}`, min);
    }
    if (state.stream === undefined) throw unattached();
    const request = promiseRequest();
    state.readInto(view, min, request);
    return request.promise;
  }

  releaseLock() {
    const state = stateOf(this, ByobReaderState, 'ReadableStreamBYOBReader');
    if (state.stream !== undefined) state.release();
  }

  get closed() {
    const state = this?.[kState];
    if (!(state instanceof ByobReaderState)) {
      return Promise.reject(new codes.ERR_INVALID_THIS('ReadableStreamBYOBReader'));
    }
    return state.closed.promise;
  }

  cancel(reason = undefined) {
    const state = this?.[kState];
    if (!(state instanceof ByobReaderState)) {
      return Promise.reject(new codes.ERR_INVALID_THIS('ReadableStreamBYOBReader'));
    }
    return state.stream === undefined ? Promise.reject(unattached()) : state.stream.cancel(reason);
  }
}

const shown = (count) => (reader) => {
  const { stream, requests, closed } = reader[kState];
  return { stream: stream?.object, [count]: requests.length, close: closed.promise };
};

finish(ReadableStreamDefaultReader, ['read', 'releaseLock', 'closed', 'cancel'], shown('readRequests'));
finish(ReadableStreamBYOBReader, ['read', 'releaseLock', 'closed', 'cancel'], shown('readIntoRequests'));

module.exports = { ByobReaderState, DefaultReaderState, ReadableStreamBYOBReader, ReadableStreamDefaultReader };
