'use strict';

// WritableStream, its writer and its controller (https://streams.spec.whatwg.org/#ws).

const { codes } = require('internal/errors');
const { kTransfer, markTransferable } = require('internal/clone_marks');
const { validateObject } = require('internal/validators');
const { WritableController, WritableState, WriterState } = require('internal/webstreams/writable_state');
const {
  callAsync, extractHighWaterMark, extractSize, finish, invalidState, kInternal, kState, method, setState, stateOf,
  toDictionary,
} = require('internal/webstreams/util');

const kIsErrored = Symbol.for('nodejs.stream.errored');
const kIsWritable = Symbol.for('nodejs.stream.writable');
const done = () => Promise.resolve();
const isWritableStream = (value) => value?.[kState] instanceof WritableState;
const check = (object) => stateOf(object, WritableState, 'WritableStream');

class WritableStream {
  constructor(sink = {}, strategy = {}) {
    const state = new WritableState(this);
    setState(this, state);
    markTransferable(this);
    if (sink === kInternal) return;
    validateObject(sink, 'sink', { allowArray: true, allowFunction: true });
    const settings = toDictionary(strategy, 'strategy');
    if (sink.type !== undefined) throw new codes.ERR_INVALID_ARG_VALUE.RangeError('type', sink.type);
    const size = extractSize(settings);
    const mark = extractHighWaterMark(settings, 1);
    const start = method(sink, 'start');
    const write = method(sink, 'write');
    const close = method(sink, 'close');
    const abort = method(sink, 'abort');
    let controller;
    const inner = new WritableController(state, mark, size, {
      write: write === undefined ? done : (chunk) => callAsync(write, sink, [chunk, controller]),
      close: close === undefined ? done : () => callAsync(close, sink, []),
      abort: abort === undefined ? done : (reason) => callAsync(abort, sink, [reason]),
    });
    controller = new WritableStreamDefaultController(kInternal, inner);
    inner.start(start?.call(sink, controller));
  }

  [kTransfer]() {
    return require('internal/messaging/streams').transferWritable(this);
  }

  get [kIsErrored]() {
    return this[kState].state === 'errored';
  }

  get [kIsWritable]() {
    return this[kState].state === 'writable';
  }

  get locked() {
    return check(this).writer !== undefined;
  }

  abort(reason = undefined) {
    if (!isWritableStream(this)) return Promise.reject(new codes.ERR_INVALID_THIS('WritableStream'));
    const state = this[kState];
    if (state.writer !== undefined) return Promise.reject(invalidState('WritableStream is locked'));
    return state.abort(reason);
  }

  close() {
    if (!isWritableStream(this)) return Promise.reject(new codes.ERR_INVALID_THIS('WritableStream'));
    const state = this[kState];
    if (state.writer !== undefined) return Promise.reject(invalidState('WritableStream is locked'));
    if (state.closeQueuedOrInFlight()) return Promise.reject(invalidState('Failure closing WritableStream'));
    return state.close();
  }

  getWriter() {
    check(this);
    return new WritableStreamDefaultWriter(this);
  }
}

const isWriter = (value) => value?.[kState] instanceof WriterState;
const refuse = () => Promise.reject(new codes.ERR_INVALID_THIS('WritableStreamDefaultWriter'));
const unbound = () => invalidState('Writer is not bound to a WritableStream');

class WritableStreamDefaultWriter {
  constructor(stream) {
    if (!isWritableStream(stream)) throw new codes.ERR_INVALID_ARG_TYPE('stream', 'WritableStream', stream);
    if (stream[kState].writer !== undefined) throw invalidState('WritableStream is locked');
    setState(this, new WriterState(stream[kState]));
  }

  get closed() {
    return isWriter(this) ? this[kState].closed.promise : refuse();
  }

  get desiredSize() {
    const state = stateOf(this, WriterState, 'WritableStreamDefaultWriter');
    if (state.stream === undefined) throw unbound();
    return state.desiredSize();
  }

  get ready() {
    return isWriter(this) ? this[kState].ready.promise : refuse();
  }

  abort(reason = undefined) {
    if (!isWriter(this)) return refuse();
    const { stream } = this[kState];
    return stream === undefined ? Promise.reject(unbound()) : stream.abort(reason);
  }

  close() {
    if (!isWriter(this)) return refuse();
    const { stream } = this[kState];
    if (stream === undefined) return Promise.reject(unbound());
    if (stream.closeQueuedOrInFlight()) return Promise.reject(invalidState('Failure to close WritableStream'));
    return stream.close();
  }

  releaseLock() {
    const state = stateOf(this, WriterState, 'WritableStreamDefaultWriter');
    if (state.stream !== undefined) state.release();
  }

  write(chunk = undefined) {
    if (!isWriter(this)) return refuse();
    const state = this[kState];
    return state.stream === undefined ? Promise.reject(unbound()) : state.write(chunk);
  }
}

class WritableStreamDefaultController {
  constructor(kind = undefined, state = undefined) {
    if (kind !== kInternal) throw new codes.ERR_ILLEGAL_CONSTRUCTOR();
    setState(this, state);
  }

  get signal() {
    return checkController(this).abortController.signal;
  }

  error(error = undefined) {
    checkController(this).errorIfNeeded(error);
  }
}

const checkController = (object) => stateOf(object, WritableController, 'WritableStreamDefaultController');

/** CreateWritableStream: one whose sink is the engine's own. */
function createWritable(start, sink, highWaterMark = 1, size = () => 1) {
  const stream = new WritableStream(kInternal);
  new WritableController(stream[kState], highWaterMark, size, sink).start(start?.());
  return stream;
}

finish(WritableStream, ['abort', 'close', 'getWriter', 'locked'], (stream) => ({
  locked: stream.locked, state: stream[kState].state,
}));
finish(WritableStreamDefaultWriter, ['abort', 'close', 'closed', 'desiredSize', 'ready', 'releaseLock', 'write'],
  (writer) => {
    const { stream, closed, ready } = writer[kState];
    return {
      stream: stream?.object, close: closed.promise, ready: ready.promise,
      desiredSize: stream === undefined ? undefined : writer.desiredSize,
    };
  });
finish(WritableStreamDefaultController, ['error', 'signal'], (controller) => ({ stream: controller[kState].stream.object }));

module.exports = {
  WritableStream, WritableStreamDefaultController, WritableStreamDefaultWriter, createWritable, isWritableStream,
};
