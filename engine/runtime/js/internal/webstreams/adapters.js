'use strict';

// Node's streams as web streams and back (https://nodejs.org/api/stream.html#streamreadabletowebstreamreadable-options).

const { AbortError, codes } = require('internal/errors');
const { validateObject } = require('internal/validators');
const { isDestroyed, isReadable, isWritable, isWritableEnded } = require('internal/streams/utils');
const { isReadableStream } = require('internal/webstreams/readable');
const { isWritableStream } = require('internal/webstreams/writable');
const { kState, nothing } = require('internal/webstreams/util');

const isObject = (value) => typeof value === 'object' && value !== null;
const eos = (...args) => require('internal/streams/end_of_stream').eos(...args);

/** A view of the same bytes that is no Buffer. */
const toUint8Array = (chunk) => new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.byteLength);

/** An early end of a Node stream is an abort for those on the web side. */
function translate(error) {
  return error?.code === 'ERR_STREAM_PREMATURE_CLOSE' ? new AbortError(undefined, { cause: error }) : error;
}

function strategyFor(stream, options, objectMode, highWaterMark) {
  if (options.strategy !== undefined) return options.strategy;
  if (objectMode) return new (require('internal/webstreams/strategies').CountQueuingStrategy)({ highWaterMark });
  return new (require('internal/webstreams/strategies').ByteLengthQueuingStrategy)({ highWaterMark });
}

/** `Readable.toWeb` */
function readableToWeb(readable, options = {}) {
  if (typeof readable?._readableState !== 'object') {
    throw new codes.ERR_INVALID_ARG_TYPE('streamReadable', 'stream.Readable', readable);
  }
  validateObject(options, 'options');
  const { ReadableStream } = require('internal/webstreams/readable');
  const { type } = options;
  if (type !== undefined && type !== 'bytes') throw new codes.ERR_INVALID_ARG_VALUE('options.type', type);
  const isBytes = type === 'bytes';
  if (isDestroyed(readable) || !isReadable(readable)) {
    const closed = new ReadableStream(isBytes ? { type: 'bytes' } : {});
    closed.cancel();
    return closed;
  }
  const { readableObjectMode, readableHighWaterMark } = readable;
  const strategy = isBytes ? {} : strategyFor(readable, options, readableObjectMode, readableHighWaterMark);
  let controller;
  let wasCanceled = false;
  readable.pause();
  const cleanup = eos(readable, { writable: false }, (failure) => {
    const error = translate(failure);
    cleanup();
    readable.on('error', nothing);
    if (error) {
      controller.error(error);
      return;
    }
    if (!wasCanceled) {
      controller.close();
      // A reader that waits with a buffer of its own gets it back.
      if (isBytes) controller.byobRequest?.respond(0);
    }
  });
  readable.on('data', (chunk) => {
    if (wasCanceled) return;
    if (ArrayBuffer.isView(chunk) && !readableObjectMode) chunk = toUint8Array(isBytes ? Buffer.from(chunk) : chunk);
    if (isBytes && chunk.byteLength === 0) return;
    controller.enqueue(isBytes ? new Uint8Array(chunk) : chunk);
    if (controller.desiredSize <= 0) readable.pause();
  });
  return new ReadableStream({
    type: isBytes ? 'bytes' : undefined,
    start(made) {
      controller = made;
    },
    pull() {
      readable.resume();
    },
    cancel(reason) {
      wasCanceled = true;
      readable.destroy(reason);
    },
  }, strategy);
}

/** `Readable.fromWeb` */
function readableFromWeb(stream, options = {}) {
  if (!isReadableStream(stream)) {
    throw new codes.ERR_INVALID_ARG_TYPE('readableStream', 'ReadableStream', stream);
  }
  validateObject(options, 'options');
  const { Readable } = require('stream');
  const reader = stream.getReader();
  const { highWaterMark, encoding, objectMode = false, signal } = options;
  let isClosed = false;
  const readable = new Readable({
    objectMode, highWaterMark, encoding, signal,
    read() {
      reader.read().then(({ done, value }) => {
        if (done) this.push(null);
        else this.push(value);
      }, (error) => this.destroy(error));
    },
    destroy(error, callback) {
      const finish = (failure = error) => callback(failure);
      if (isClosed) finish();
      else reader.cancel(error).then(() => finish(), finish);
    },
  });
  reader.closed.then(() => {
    isClosed = true;
  }, (error) => {
    isClosed = true;
    readable.destroy(error);
  });
  return readable;
}

/** `Writable.toWeb` */
function writableToWeb(writable, options = {}) {
  if (!isObject(writable?._writableState)) {
    throw new codes.ERR_INVALID_ARG_TYPE('streamWritable', 'stream.Writable', writable);
  }
  const { WritableStream } = require('internal/webstreams/writable');
  if (isDestroyed(writable) || !isWritable(writable)) {
    const closed = new WritableStream();
    closed.close();
    return closed;
  }
  const mark = writable.writableHighWaterMark;
  const strategy = options?.strategy ?? (writable.writableObjectMode ?
    new (require('internal/webstreams/strategies').CountQueuingStrategy)({ highWaterMark: mark }) :
    { highWaterMark: mark });
  let controller;
  let backpressure;
  let closed;
  const cleanup = eos(writable, { readable: false }, (failure) => {
    const error = translate(failure);
    cleanup();
    writable.on('error', nothing);
    if (error) {
      backpressure?.reject(error);
      if (closed !== undefined) closed.reject(error);
      closed = undefined;
      controller.error(error);
      return;
    }
    if (closed !== undefined) {
      closed.resolve();
      closed = undefined;
      return;
    }
    controller.error(new AbortError());
  });
  writable.on('drain', () => backpressure?.resolve());
  return new WritableStream({
    start(made) {
      controller = made;
    },
    write(chunk) {
      if (!writable.writableObjectMode && chunk instanceof ArrayBuffer) chunk = new Uint8Array(chunk);
      if (writable.writableNeedDrain || !writable.write(chunk)) {
        backpressure = Promise.withResolvers();
        return backpressure.promise.finally(() => {
          backpressure = undefined;
        });
      }
      return undefined;
    },
    abort(reason) {
      writable.destroy(reason);
    },
    close() {
      if (closed === undefined && !isWritableEnded(writable)) writable.end();
      closed = Promise.withResolvers();
      return closed.promise;
    },
  }, strategy);
}

/** What `write` and `final` of a Node stream do with the writer of a web stream. */
function writing(writer, getStream, isClosed) {
  const settle = (promise, callback) => promise.then(() => process.nextTick(callback), (error) => {
    process.nextTick(() => (callback.length === 0 ? getStream().destroy(error) : callback(error)));
  });
  return {
    write(chunk, encoding, callback) {
      if (typeof chunk === 'string' && this.writableObjectMode !== true && this._writableState.decodeStrings !== false) {
        chunk = Buffer.from(chunk, encoding);
      }
      settle(writer.ready.then(() => writer.write(chunk)), (error) => callback(error));
    },
    final(callback) {
      if (isClosed()) process.nextTick(callback);
      else settle(writer.close(), (error) => callback(error));
    },
  };
}

/** `Writable.fromWeb` */
function writableFromWeb(stream, options = {}) {
  if (!isWritableStream(stream)) {
    throw new codes.ERR_INVALID_ARG_TYPE('writableStream', 'WritableStream', stream);
  }
  validateObject(options, 'options');
  const { Writable } = require('stream');
  const { highWaterMark, decodeStrings = true, objectMode = false, signal } = options;
  const writer = stream.getWriter();
  let isClosed = false;
  const writable = new Writable({
    highWaterMark, objectMode, decodeStrings, signal,
    ...writing(writer, () => writable, () => isClosed),
    destroy(error, callback) {
      const finish = () => callback(error);
      if (isClosed) finish();
      else if (error != null) writer.abort(error).then(finish, finish);
      else writer.close().then(finish, finish);
    },
  });
  writer.closed.then(() => {
    isClosed = true;
    if (!isWritableEnded(writable)) writable.destroy(new codes.ERR_STREAM_PREMATURE_CLOSE());
  }, (error) => {
    isClosed = true;
    writable.destroy(error);
  });
  return writable;
}

/** `Duplex.toWeb` */
function duplexToWeb(duplex, options = {}) {
  if (!isObject(duplex?._writableState) || !isObject(duplex?._readableState)) {
    throw new codes.ERR_INVALID_ARG_TYPE('duplex', 'stream.Duplex', duplex);
  }
  validateObject(options, 'options');
  const writable = writableToWeb(duplex);
  // `type` is what the option was called first.
  const type = options.readableType ?? options.type;
  const readable = readableToWeb(duplex, type === undefined ? {} : { type });
  return { writable, readable };
}

/** `Duplex.fromWeb` */
function duplexFromWeb(pair, options = {}) {
  validateObject(pair, 'pair');
  const { readable, writable } = pair;
  if (!isReadableStream(readable)) throw new codes.ERR_INVALID_ARG_TYPE('pair.readable', 'ReadableStream', readable);
  if (!isWritableStream(writable)) throw new codes.ERR_INVALID_ARG_TYPE('pair.writable', 'WritableStream', writable);
  validateObject(options, 'options');
  const { Duplex } = require('stream');
  const { allowHalfOpen = false, objectMode = false, encoding, decodeStrings = true, highWaterMark, signal } = options;
  const writer = writable.getWriter();
  const reader = readable.getReader();
  let writableClosed = false;
  let readableClosed = false;
  const duplex = new Duplex({
    allowHalfOpen, highWaterMark, objectMode, encoding, decodeStrings, signal,
    ...writing(writer, () => duplex, () => writableClosed),
    read() {
      reader.read().then(({ done, value }) => {
        duplex.push(done ? null : value);
      }, (error) => duplex.destroy(error));
    },
    destroy(error, callback) {
      const ends = [];
      if (!writableClosed) ends.push(error != null ? writer.abort(error) : writer.close());
      if (!readableClosed) ends.push(reader.cancel(error));
      const finish = () => callback(error);
      Promise.allSettled(ends).then(finish);
    },
  });
  writer.closed.then(() => {
    writableClosed = true;
  }, (error) => {
    writableClosed = true;
    readableClosed = true;
    duplex.destroy(error);
  });
  reader.closed.then(() => {
    readableClosed = true;
  }, (error) => {
    writableClosed = true;
    readableClosed = true;
    duplex.destroy(error);
  });
  return duplex;
}

/** `stream.finished` of a web stream. */
function finishedWeb(stream, { signal }, callback) {
  let isStopped = false;
  const call = (error) => {
    if (!isStopped) process.nextTick(() => callback.call(stream, error));
  };
  if (signal !== undefined) {
    const abort = () => {
      isStopped = true;
      callback.call(stream, new AbortError(undefined, { cause: signal.reason }));
    };
    if (signal.aborted) {
      process.nextTick(abort);
    } else {
      const listening = require('internal/events/abort_listener').addAbortListener(signal, abort);
      const original = callback;
      callback = function(...args) {
        listening[Symbol.dispose]();
        Reflect.apply(original, this, args);
      };
    }
  }
  stream[kState].finished.then(() => call(undefined), call);
  return nothing;
}

/** `stream.addAbortSignal` of a web stream. */
function abortWeb(stream, error) {
  const { controller } = stream[kState];
  if (controller.errorIfNeeded === undefined) controller.error(error);
  else controller.errorIfNeeded(error);
}

/** Whether it is a ReadableStream or a WritableStream. */
const isWebStream = (stream) => isReadableStream(stream) || isWritableStream(stream);

/** Whether reading from a web stream has begun, for bodies. */
const isDisturbed = (stream) => stream[kState].disturbed;

module.exports = {
  abortWeb, duplexFromWeb, duplexToWeb, finishedWeb, isDisturbed, isWebStream, readableFromWeb,
  readableToWeb, writableFromWeb, writableToWeb,
};
