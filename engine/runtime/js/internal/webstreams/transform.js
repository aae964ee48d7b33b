'use strict';

// TransformStream and its controller (https://streams.spec.whatwg.org/#ts).

const { codes } = require('internal/errors');
const { kTransfer, markTransferable } = require('internal/clone_marks');
const { validateObject } = require('internal/validators');
const { createReadable } = require('internal/webstreams/readable');
const { createWritable } = require('internal/webstreams/writable');
const {
  callAsync, extractHighWaterMark, extractSize, finish, invalidState, kInternal, kState, method, nothing, setState,
  stateOf, toDictionary, upon,
} = require('internal/webstreams/util');

class TransformState {
  readable = undefined;
  writable = undefined;
  backpressure = undefined;
  backpressureChange = undefined;
  controller = undefined;

  constructor(object) {
    this.object = object;
  }

  /** InitializeTransformStream */
  initialize(started, writableMark, writableSize, readableMark, readableSize) {
    const start = () => started;
    this.writable = createWritable(start, {
      write: (chunk) => this.write(chunk),
      abort: (reason) => this.finishOnce((controller) => controller.cancel(reason), reason, 'abort'),
      close: () => this.close(),
    }, writableMark, writableSize);
    this.readable = createReadable(start, () => {
      this.setBackpressure(false);
      return this.backpressureChange.promise;
    }, (reason) => this.finishOnce((controller) => controller.cancel(reason), reason, 'cancel'), readableMark, readableSize);
    this.setBackpressure(true);
  }

  get source() {
    return this.readable[kState];
  }

  get sink() {
    return this.writable[kState];
  }

  setBackpressure(backpressure) {
    this.backpressureChange?.resolve();
    this.backpressureChange = Promise.withResolvers();
    this.backpressure = backpressure;
  }

  error(error) {
    this.source.controller.error(error);
    this.errorWritable(error);
  }

  errorWritable(error) {
    this.controller.clearAlgorithms();
    this.sink.controller.errorIfNeeded(error);
    this.unblock();
  }

  unblock() {
    if (this.backpressure) this.setBackpressure(false);
  }

  write(chunk) {
    if (!this.backpressure) return this.controller.perform(chunk);
    return upon(this.backpressureChange.promise, () => {
      if (this.sink.state === 'erroring') throw this.sink.storedError;
      return this.controller.perform(chunk);
    });
  }

  /** The sink's abort and the source's cancel: whichever is first runs `cancel` of the transformer. */
  finishOnce(run, reason, side) {
    const { controller } = this;
    if (controller.finishing !== undefined) return controller.finishing.promise;
    controller.finishing = Promise.withResolvers();
    const { promise, resolve, reject } = controller.finishing;
    const result = run(controller);
    controller.clearAlgorithms();
    if (side === 'abort') {
      upon(result, () => {
        if (this.source.state === 'errored') {
          reject(this.source.storedError);
        } else {
          this.source.controller.error(reason);
          resolve();
        }
      }, (error) => {
        this.source.controller.error(error);
        reject(error);
      });
    } else {
      upon(result, () => {
        if (this.sink.state === 'errored') {
          reject(this.sink.storedError);
        } else {
          this.sink.controller.errorIfNeeded(reason);
          this.unblock();
          resolve();
        }
      }, (error) => {
        this.sink.controller.errorIfNeeded(error);
        this.unblock();
        reject(error);
      });
    }
    return promise;
  }

  close() {
    const { controller } = this;
    if (controller.finishing !== undefined) return controller.finishing.promise;
    controller.finishing = Promise.withResolvers();
    const { promise, resolve, reject } = controller.finishing;
    const result = controller.flush();
    controller.clearAlgorithms();
    upon(result, () => {
      if (this.source.state === 'errored') {
        reject(this.source.storedError);
      } else {
        this.source.controller.close();
        resolve();
      }
    }, (error) => {
      this.source.controller.error(error);
      reject(error);
    });
    return promise;
  }
}

class TransformController {
  finishing = undefined;

  constructor(stream, transform, flush, cancel) {
    this.stream = stream;
    this.transform = transform;
    this.flush = flush;
    this.cancel = cancel;
    stream.controller = this;
  }

  clearAlgorithms() {
    this.transform = this.flush = this.cancel = undefined;
  }

  enqueue(chunk) {
    const { stream } = this;
    const { controller } = stream.source;
    if (!controller.canCloseOrEnqueue()) throw invalidState('Unable to enqueue');
    try {
      controller.enqueue(chunk);
    } catch (error) {
      stream.errorWritable(error);
      throw stream.source.storedError;
    }
    if (!controller.shouldPull() !== stream.backpressure) stream.setBackpressure(true);
  }

  perform(chunk) {
    return upon(this.transform(chunk), undefined, (error) => {
      this.stream.error(error);
      throw error;
    });
  }

  terminate() {
    const { stream } = this;
    stream.source.controller.close();
    stream.errorWritable(invalidState('TransformStream has been terminated'));
  }
}

class TransformStream {
  constructor(transformer = {}, writableStrategy = {}, readableStrategy = {}) {
    const state = new TransformState(this);
    setState(this, state);
    markTransferable(this);
    if (transformer === kInternal) return;
    validateObject(transformer, 'transformer', { allowArray: true, allowFunction: true });
    const forWritable = toDictionary(writableStrategy, 'strategy');
    const forReadable = toDictionary(readableStrategy, 'strategy');
    const { readableType, writableType } = transformer;
    if (readableType !== undefined) {
      throw new codes.ERR_INVALID_ARG_VALUE.RangeError('transformer.readableType', readableType);
    }
    if (writableType !== undefined) {
      throw new codes.ERR_INVALID_ARG_VALUE.RangeError('transformer.writableType', writableType);
    }
    const readableMark = extractHighWaterMark(forReadable, 0);
    const readableSize = extractSize(forReadable);
    const writableMark = extractHighWaterMark(forWritable, 1);
    const writableSize = extractSize(forWritable);
    const started = Promise.withResolvers();
    state.initialize(started.promise, writableMark, writableSize, readableMark, readableSize);
    const start = method(transformer, 'start');
    const transform = method(transformer, 'transform');
    const flush = method(transformer, 'flush');
    const cancel = method(transformer, 'cancel');
    let controller;
    const inner = new TransformController(
      state,
      transform === undefined ? (chunk) => callAsync(() => inner.enqueue(chunk)) :
        (chunk) => callAsync(transform, transformer, [chunk, controller]),
      flush === undefined ? () => Promise.resolve() : () => callAsync(flush, transformer, [controller]),
      cancel === undefined ? () => Promise.resolve() : (reason) => callAsync(cancel, transformer, [reason]),
    );
    controller = new TransformStreamDefaultController(kInternal, inner);
    started.resolve(start?.call(transformer, controller));
  }

  [kTransfer]() {
    return require('internal/messaging/streams').transferTransform(this);
  }

  get readable() {
    return stateOf(this, TransformState, 'TransformStream').readable;
  }

  get writable() {
    return stateOf(this, TransformState, 'TransformStream').writable;
  }
}

class TransformStreamDefaultController {
  constructor(kind = undefined, state = undefined) {
    if (kind !== kInternal) throw new codes.ERR_ILLEGAL_CONSTRUCTOR();
    setState(this, state);
  }

  get desiredSize() {
    return check(this).stream.source.controller.desiredSize();
  }

  enqueue(chunk = undefined) {
    check(this).enqueue(chunk);
  }

  error(error = undefined) {
    check(this).stream.error(error);
  }

  terminate() {
    check(this).terminate();
  }
}

const check = (object) => stateOf(object, TransformController, 'TransformStreamDefaultController');

/**
 * A pair of streams of the engine's own: `transform(chunk, enqueue)` and `flush(enqueue)` may throw.
 * Returns `{ readable, writable }`.
 */
function createTransform(transform, flush = nothing, writableMark = 1, readableMark = 0) {
  const stream = new TransformStream(kInternal);
  const state = stream[kState];
  state.initialize(undefined, writableMark, () => 1, readableMark, () => 1);
  const enqueue = (chunk) => inner.enqueue(chunk);
  const inner = new TransformController(
    state, (chunk) => callAsync(() => transform(chunk, enqueue)), () => callAsync(() => flush(enqueue)),
    () => Promise.resolve(),
  );
  return state;
}

finish(TransformStream, ['readable', 'writable'], (stream) => {
  const { readable, writable, backpressure } = stream[kState];
  return { readable, writable, backpressure };
});
finish(TransformStreamDefaultController, ['desiredSize', 'enqueue', 'error', 'terminate'],
  (controller) => ({ stream: controller[kState].stream.object }));

/** A stream whose sides came from another realm. */
function fromSides({ readable, writable }) {
  const stream = new TransformStream(kInternal);
  Object.assign(stream[kState], { readable, writable });
  return stream;
}

module.exports = { fromSides, TransformStream, TransformStreamDefaultController, createTransform };
