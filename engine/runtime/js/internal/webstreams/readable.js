'use strict';

// ReadableStream (https://streams.spec.whatwg.org/#rs-class, https://nodejs.org/api/webstreams.html#class-readablestream).

const { codes } = require('internal/errors');
const { kTransfer, markTransferable } = require('internal/clone_marks');
const { validateAbortSignal, validateObject } = require('internal/validators');
const { ReadableState } = require('internal/webstreams/readable_state');
const { DefaultController, ReadableStreamDefaultController } = require('internal/webstreams/readable_controller');
const { ReadableStreamBYOBReader, ReadableStreamDefaultReader } = require('internal/webstreams/readers');
const {
  callAsync, extractHighWaterMark, extractSize, finish, invalidState, kInternal, kState, markHandled, method, setState,
  stateOf, toDictionary,
} = require('internal/webstreams/util');

const kIsDisturbed = Symbol.for('nodejs.stream.disturbed');
const kIsErrored = Symbol.for('nodejs.stream.errored');
const kIsReadable = Symbol.for('nodejs.stream.readable');
const LIKE_DICTIONARY = { allowArray: true, allowFunction: true, nullable: true };
const done = () => Promise.resolve();

/** SetUpReadableStreamDefaultControllerFromUnderlyingSource and the same for bytes. */
function setUp(state, source, strategy) {
  const { type } = source;
  const start = method(source, 'start');
  const pull = method(source, 'pull');
  const cancel = method(source, 'cancel');
  const isBytes = `${type}` === 'bytes';
  if (type !== undefined && !isBytes) throw new codes.ERR_INVALID_ARG_VALUE('source.type', type);
  let controller;
  const pullSteps = pull === undefined ? done : () => callAsync(pull, source, [controller]);
  const cancelSteps = cancel === undefined ? done : (reason) => callAsync(cancel, source, [reason]);
  if (isBytes) {
    if (strategy.size !== undefined) throw new codes.ERR_INVALID_ARG_VALUE.RangeError('strategy.size', strategy.size);
    const mark = extractHighWaterMark(strategy, 0);
    const { autoAllocateChunkSize } = source;
    if (autoAllocateChunkSize === 0) {
      throw new codes.ERR_INVALID_ARG_VALUE('source.autoAllocateChunkSize', autoAllocateChunkSize);
    }
    const { ByteController, ReadableByteStreamController } = require('internal/webstreams/byte_controller');
    const inner = new ByteController(state, mark, autoAllocateChunkSize, pullSteps, cancelSteps);
    controller = new ReadableByteStreamController(kInternal, inner);
    inner.start(start?.call(source, controller));
    return;
  }
  const mark = extractHighWaterMark(strategy, 1);
  const inner = new DefaultController(state, mark, extractSize(strategy), pullSteps, cancelSteps);
  controller = new ReadableStreamDefaultController(kInternal, inner);
  inner.start(start?.call(source, controller));
}

class ReadableStream {
  constructor(source = {}, strategy = {}) {
    const state = new ReadableState(this);
    setState(this, state);
    markTransferable(this);
    if (source === kInternal) return;
    validateObject(source, 'source', { allowArray: true, allowFunction: true });
    setUp(state, source, toDictionary(strategy, 'strategy'));
  }

  [kTransfer]() {
    return require('internal/messaging/streams').transferReadable(this);
  }

  get [kIsDisturbed]() {
    return this[kState].disturbed;
  }

  get [kIsErrored]() {
    return this[kState].state === 'errored';
  }

  get [kIsReadable]() {
    return this[kState].state === 'readable';
  }

  static from(iterable) {
    return require('internal/webstreams/from').from(iterable);
  }

  get locked() {
    return check(this).locked;
  }

  cancel(reason = undefined) {
    if (!isReadableStream(this)) return Promise.reject(new codes.ERR_INVALID_THIS('ReadableStream'));
    const state = this[kState];
    if (state.locked) return Promise.reject(invalidState('ReadableStream is locked'));
    return state.cancel(reason);
  }

  getReader(options = {}) {
    check(this);
    validateObject(options, 'options', LIKE_DICTIONARY);
    const mode = options?.mode;
    if (mode === undefined) return new ReadableStreamDefaultReader(this);
    if (`${mode}` !== 'byob') throw new codes.ERR_INVALID_ARG_VALUE('options.mode', mode);
    return new ReadableStreamBYOBReader(this);
  }

  pipeThrough(transform, options = {}) {
    const state = check(this);
    const readable = transform?.readable;
    if (!isReadableStream(readable)) {
      throw new codes.ERR_INVALID_ARG_TYPE('transform.readable', 'ReadableStream', readable);
    }
    markHandled(startPipe(state, transform.writable, options));
    return readable;
  }

  pipeTo(destination, options = {}) {
    try {
      return startPipe(check(this), destination, options);
    } catch (error) {
      return Promise.reject(error);
    }
  }

  tee() {
    const state = check(this);
    if (state.locked) throw invalidState('ReadableStream is locked');
    return require('internal/webstreams/tee').tee(state);
  }

  values(options = {}) {
    check(this);
    validateObject(options, 'options', LIKE_DICTIONARY);
    return require('internal/webstreams/iterator').iterate(this, Boolean(options?.preventCancel));
  }
}

Object.defineProperty(ReadableStream.prototype, Symbol.asyncIterator, {
  __proto__: null, configurable: true, writable: true, value: ReadableStream.prototype.values,
});

function startPipe(state, destination, options) {
  const { isWritableStream } = require('internal/webstreams/writable');
  if (!isWritableStream(destination)) {
    throw new codes.ERR_INVALID_ARG_TYPE('transform.writable', 'WritableStream', destination);
  }
  validateObject(options, 'options', LIKE_DICTIONARY);
  const { preventAbort, preventCancel, preventClose, signal } = options ?? {};
  if (signal !== undefined) validateAbortSignal(signal, 'options.signal');
  if (state.locked) throw invalidState('ReadableStream is locked');
  if (destination[kState].writer !== undefined) throw invalidState('WritableStream is locked');
  return require('internal/webstreams/pipe').pipe(state, destination[kState], {
    preventAbort: Boolean(preventAbort), preventCancel: Boolean(preventCancel), preventClose: Boolean(preventClose), signal,
  });
}

const check = (object) => stateOf(object, ReadableState, 'ReadableStream');
const isReadableStream = (value) => value?.[kState] instanceof ReadableState;

/** CreateReadableStream: one whose source is the engine's own. */
function createReadable(start, pull, cancel, highWaterMark = 1, size = () => 1) {
  const stream = new ReadableStream(kInternal);
  const inner = new DefaultController(stream[kState], highWaterMark, size, pull, cancel);
  inner.start(start?.());
  return stream;
}

/** CreateReadableByteStream */
function createReadableBytes(pull, cancel, highWaterMark = 0) {
  const { ByteController } = require('internal/webstreams/byte_controller');
  const stream = new ReadableStream(kInternal);
  const inner = new ByteController(stream[kState], highWaterMark, undefined, pull, cancel);
  inner.start(undefined);
  return stream;
}

finish(ReadableStream, ['cancel', 'getReader', 'locked', 'pipeThrough', 'pipeTo', 'tee', 'values'], (stream) => ({
  locked: stream.locked, state: stream[kState].state, supportsBYOB: stream[kState].isBytes,
}));
Object.defineProperty(ReadableStream, 'from', { __proto__: null, enumerable: true });

module.exports = { ReadableStream, createReadable, createReadableBytes, isReadableStream };
