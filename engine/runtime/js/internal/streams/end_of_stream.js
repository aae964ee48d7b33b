'use strict';

// `stream.finished`: a callback when a stream is done, in whatever way
// (https://nodejs.org/api/stream.html#streamfinishedstream-options-callback).

const { AbortError, codes } = require('internal/errors');
const {
  isClosed, isNodeStream, isReadable, isReadableErrored, isReadableFinished, isReadableNodeStream, isRequest, isWritable,
  isWritableErrored, isWritableFinished, isWritableNodeStream, willEmitClose: willEmitCloseItself,
} = require('internal/streams/utils');
const { validateAbortSignal, validateBoolean, validateFunction, validateObject } = require('internal/validators');

const nop = () => {};

/** A function that calls another at most once. */
function once(callback) {
  let called = false;
  return function (...args) {
    if (called) return;
    called = true;
    Reflect.apply(callback, this, args);
  };
}

/** A function that runs in the asynchronous context of now (AsyncLocalStorage), whatever calls it. */
function inThisContext(callback) {
  const context = ops.async_context_get();
  if (context === undefined) return callback;
  return function (...args) {
    const outer = ops.async_context_get();
    ops.async_context_set(context);
    try {
      Reflect.apply(callback, this, args);
    } finally {
      ops.async_context_set(outer);
    }
  };
}

/** `stream.finished`; returns a function that stops watching. */
function eos(stream, options, callback) {
  if (arguments.length === 2) {
    callback = options;
    options = {};
  } else if (options === undefined || options === null) {
    options = {};
  } else {
    validateObject(options, 'options');
  }
  validateFunction(callback, 'callback');
  validateAbortSignal(options.signal, 'options.signal');
  callback = once(inThisContext(callback));
  if (!isNodeStream(stream)) {
    const { finishedWeb, isWebStream } = require('internal/webstreams/adapters');
    if (isWebStream(stream)) return finishedWeb(stream, options, callback);
    throw new codes.ERR_INVALID_ARG_TYPE('stream', ['ReadableStream', 'WritableStream', 'Stream'], stream);
  }

  const readable = options.readable ?? isReadableNodeStream(stream);
  const writable = options.writable ?? isWritableNodeStream(stream);
  const { _writableState: wState, _readableState: rState } = stream;

  // A stream that says so itself by 'close' is done only then, if all of it is waited for.
  let willEmitClose = willEmitCloseItself(stream) &&
    isReadableNodeStream(stream) === readable && isWritableNodeStream(stream) === writable;
  let writableDone = isWritableFinished(stream, false);
  let readableDone = isReadableFinished(stream, false);

  const onlegacyfinish = () => {
    if (!stream.writable) onfinish();
  };
  const onfinish = () => {
    writableDone = true;
    if (stream.destroyed) willEmitClose = false;
    if (willEmitClose && (!stream.writable || readable)) return;
    if (!readable || readableDone) callback.call(stream);
  };
  const onend = () => {
    readableDone = true;
    if (stream.destroyed) willEmitClose = false;
    if (willEmitClose && (!stream.readable || writable)) return;
    if (!writable || writableDone) callback.call(stream);
  };
  const onerror = (error) => {
    callback.call(stream, error);
  };

  let closed = isClosed(stream);
  /** The stream's error, if it is known; true calls the callback. */
  const failed = () => {
    const error = isWritableErrored(stream) || isReadableErrored(stream);
    return error && typeof error !== 'boolean' ? error : undefined;
  };
  const onclose = () => {
    closed = true;
    const error = failed();
    if (error) return callback.call(stream, error);
    if (readable && !readableDone && isReadableNodeStream(stream, true) && !isReadableFinished(stream, false)) {
      return callback.call(stream, new codes.ERR_STREAM_PREMATURE_CLOSE());
    }
    if (writable && !writableDone && !isWritableFinished(stream, false)) {
      return callback.call(stream, new codes.ERR_STREAM_PREMATURE_CLOSE());
    }
    return callback.call(stream);
  };
  const onclosed = () => {
    closed = true;
    const error = failed();
    if (error) callback.call(stream, error);
    else callback.call(stream);
  };
  const onrequest = () => {
    stream.req.on('finish', onfinish);
  };

  if (isRequest(stream)) {
    stream.on('complete', onfinish);
    if (!willEmitClose) stream.on('abort', onclose);
    if (stream.req) onrequest();
    else stream.on('request', onrequest);
  } else if (writable && !wState) {
    // A stream of before there were states.
    stream.on('end', onlegacyfinish);
    stream.on('close', onlegacyfinish);
  }
  if (!willEmitClose && typeof stream.aborted === 'boolean') stream.on('aborted', onclose);
  stream.on('end', onend);
  stream.on('finish', onfinish);
  if (options.error !== false) stream.on('error', onerror);
  stream.on('close', onclose);

  // What is done already will not say so again.
  if (closed) {
    process.nextTick(onclose);
  } else if (wState?.errorEmitted || rState?.errorEmitted) {
    if (!willEmitClose) process.nextTick(onclosed);
  } else if (!readable && (!willEmitClose || isReadable(stream)) && (writableDone || isWritable(stream) === false)) {
    process.nextTick(onclosed);
  } else if (!writable && (!willEmitClose || isWritable(stream)) && (readableDone || isReadable(stream) === false)) {
    process.nextTick(onclosed);
  } else if (rState && stream.req && stream.aborted) {
    process.nextTick(onclosed);
  }

  const cleanUp = () => {
    callback = nop;
    stream.removeListener('aborted', onclose);
    stream.removeListener('complete', onfinish);
    stream.removeListener('abort', onclose);
    stream.removeListener('request', onrequest);
    if (stream.req) stream.req.removeListener('finish', onfinish);
    stream.removeListener('end', onlegacyfinish);
    stream.removeListener('close', onlegacyfinish);
    stream.removeListener('finish', onfinish);
    stream.removeListener('end', onend);
    stream.removeListener('error', onerror);
    stream.removeListener('close', onclose);
  };

  const { signal } = options;
  if (signal && !closed) {
    const abort = () => {
      // What stops the watching must not stop this call.
      const last = callback;
      cleanUp();
      last.call(stream, new AbortError(undefined, { cause: signal.reason }));
    };
    if (signal.aborted) {
      process.nextTick(abort);
    } else {
      const { addAbortListener } = require('internal/events/abort_listener');
      const listening = addAbortListener(signal, abort);
      const inner = callback;
      callback = once(function (...args) {
        listening[Symbol.dispose]();
        Reflect.apply(inner, this, args);
      });
    }
  }
  return cleanUp;
}

/** `finished` of `stream/promises`. */
function finished(stream, opts) {
  let options = opts;
  let cleanup = false;
  if (opts === undefined || opts === null) options = {};
  if (options.cleanup) {
    validateBoolean(options.cleanup, 'cleanup');
    ({ cleanup } = options);
  }
  return new Promise((resolve, reject) => {
    const stop = eos(stream, options, (error) => {
      if (cleanup) stop();
      if (error) reject(error);
      else resolve();
    });
  });
}

/** Resolves when a stream that was just destroyed with `error` is closed. */
function closed(stream, error) {
  return new Promise((resolve, reject) => {
    eos(stream, (failed) => {
      if (failed && failed !== error) reject(failed);
      else resolve(null);
    });
  });
}

module.exports = { closed, eos, finished, once };
