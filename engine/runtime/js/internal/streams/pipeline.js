'use strict';

// `stream.pipeline`: streams, iterables and functions one after the other, with one end
// (https://nodejs.org/api/stream.html#streampipelinesource-transforms-destination-callback).

const { AbortError, aggregateTwoErrors, codes } = require('internal/errors');
const { destroyer } = require('internal/streams/destroy');
const { eos, once } = require('internal/streams/end_of_stream');
const { isIterable, isNodeStream, isReadable, isReadableFinished, isReadableNodeStream } =
  require('internal/streams/utils');
const { validateAbortSignal, validateFunction } = require('internal/validators');

/** Whether something may be a web stream; loads nothing to find out. */
const isWebWritable = (value) => typeof value?.getWriter === 'function' && !isNodeStream(value);
const isWebPair = (value) => typeof value?.readable?.getReader === 'function' && isWebWritable(value.writable);

/** A web stream that is written to takes part as one of Node's; one that is only read can be iterated. */
function toNodeStream(stream) {
  if (isWebWritable(stream)) {
    return require('internal/webstreams/adapters').writableFromWeb(stream, { objectMode: true });
  }
  if (isWebPair(stream) && !isNodeStream(stream)) {
    return require('internal/webstreams/adapters').duplexFromWeb(stream, { objectMode: true });
  }
  return stream;
}

/** Watches a stream of the chain; returns what destroys it and what stops watching. */
function watch(stream, isReading, isWriting) {
  let isDone = false;
  stream.on('close', () => {
    isDone = true;
  });
  const stop = eos(stream, { readable: isReading, writable: isWriting }, (error) => {
    isDone = !error;
  });
  return {
    destroy(error) {
      if (isDone) return;
      isDone = true;
      destroyer(stream, error || new codes.ERR_STREAM_DESTROYED('pipe'));
    },
    stop,
  };
}

function toIterable(value) {
  if (isIterable(value)) return value;
  if (isReadableNodeStream(value)) {
    // An old stream.
    return require('internal/streams/async_iterator')
      .iterate(value, undefined, require('internal/streams/readable').Readable);
  }
  throw new codes.ERR_INVALID_ARG_TYPE('val', ['Readable', 'Iterable', 'AsyncIterable'], value);
}

/** Writes what an iterable gives into a stream, as fast as that takes it. */
async function pumpInto(iterable, writable, finish, { end }) {
  let error;
  let onresolve = null;
  const resume = (failed) => {
    if (failed) error = failed;
    if (onresolve) {
      const callback = onresolve;
      onresolve = null;
      callback();
    }
  };
  const wait = () => new Promise((resolve, reject) => {
    if (error) {
      reject(error);
      return;
    }
    onresolve = () => {
      if (error) reject(error);
      else resolve();
    };
  });

  writable.on('drain', resume);
  const stop = eos(writable, { readable: false }, resume);
  try {
    if (writable.writableNeedDrain) await wait();
    for await (const chunk of iterable) {
      if (!writable.write(chunk)) await wait();
    }
    if (end) {
      writable.end();
      await wait();
    }
    finish();
  } catch (failed) {
    finish(error === failed ? failed : aggregateTwoErrors(error, failed));
  } finally {
    stop();
    writable.off('drain', resume);
  }
}

/** `stream.pipeline`. */
function pipeline(...streams) {
  const callback = streams.pop();
  validateFunction(callback, 'streams[stream.length - 1]');
  return run(streams, once(callback));
}

/** The same with the streams in an array and options. */
function run(streams, callback, opts) {
  if (streams.length === 1 && Array.isArray(streams[0])) streams = streams[0];
  if (streams.length < 2) throw new codes.ERR_MISSING_ARGS('streams');
  streams = streams.map(toNodeStream);

  const inner = new AbortController();
  const { signal } = inner;
  const outer = opts?.signal;
  // What the last stream does when it finishes is nobody's to wait for here.
  const finishListeners = [];
  validateAbortSignal(outer, 'options.signal');

  function abort() {
    finish(new AbortError(undefined, { cause: outer?.reason }));
  }
  let listening;
  if (outer) {
    const { addAbortListener } = require('internal/events/abort_listener');
    listening = addAbortListener(outer, abort);
  }

  let error;
  let value;
  const destroys = [];
  let pending = 0;
  function finish(failed) {
    end(failed, --pending === 0);
  }
  function endOnly(failed) {
    end(failed, false);
  }
  function end(failed, isFinal) {
    // A premature close is only the echo of what happened elsewhere.
    if (failed && (!error || error.code === 'ERR_STREAM_PREMATURE_CLOSE')) error = failed;
    if (!error && !isFinal) return;
    while (destroys.length > 0) destroys.shift()(error);
    listening?.[Symbol.dispose]();
    inner.abort();
    if (isFinal) {
      if (!error) for (const listener of finishListeners) listener();
      process.nextTick(callback, error, value);
    }
  }

  let ret;
  for (let i = 0; i < streams.length; i++) {
    const stream = streams[i];
    const isReading = i < streams.length - 1;
    const isWriting = i > 0;
    const isLast = i === streams.length - 1;
    const endsNext = isReading || opts?.end !== false;

    if (isNodeStream(stream)) {
      if (endsNext) {
        const { destroy, stop } = watch(stream, isReading, isWriting);
        destroys.push(destroy);
        if (isReadable(stream) && isLast) {
          finishListeners.push(() => {
            stop();
            stream.removeListener('error', onerror);
          });
        }
      }
      // Errors that come after the watching ended.
      const onerror = (failed) => {
        if (failed && failed.name !== 'AbortError' && failed.code !== 'ERR_STREAM_PREMATURE_CLOSE') endOnly(failed);
      };
      stream.on('error', onerror);
      if (isReadable(stream) && isLast) {
        finishListeners.push(() => {
          stream.removeListener('error', onerror);
        });
      }
    }

    if (i === 0) {
      ret = firstOf(stream);
    } else if (typeof stream === 'function') {
      ret = stream(toIterable(ret), { signal });
      if (isReading) {
        if (!isIterable(ret, true)) throw new codes.ERR_INVALID_RETURN_VALUE('AsyncIterable', `transform[${i - 1}]`, ret);
      } else {
        ret = resultOfLast(ret);
      }
    } else if (isNodeStream(stream)) {
      connect(stream, endsNext);
    } else {
      ret = require('internal/streams/duplexify').duplexify(stream, 'body');
    }
  }

  function firstOf(stream) {
    if (typeof stream === 'function') {
      const first = stream({ signal });
      if (!isIterable(first)) throw new codes.ERR_INVALID_RETURN_VALUE('Iterable, AsyncIterable or Stream', 'source', first);
      return first;
    }
    if (isIterable(stream) || isReadableNodeStream(stream)) return stream;
    return require('internal/streams/duplexify').duplexify(stream, 'body');
  }

  /** What the last function returned: its value is that of the pipeline, given out through a stream. */
  function resultOfLast(returned) {
    const { PassThrough } = require('internal/streams/transform');
    const result = new PassThrough({ objectMode: true });
    const then = returned?.then;
    if (typeof then === 'function') {
      pending += 1;
      Reflect.apply(then, returned, [
        (settled) => {
          value = settled;
          if (settled !== null && settled !== undefined) result.write(settled);
          if (opts?.end !== false) result.end();
          process.nextTick(finish);
        },
        (failed) => {
          result.destroy(failed);
          process.nextTick(finish, failed);
        },
      ]);
    } else if (isIterable(returned, true)) {
      pending += 1;
      pumpInto(returned, result, finish, { end: opts?.end !== false });
    } else {
      throw new codes.ERR_INVALID_RETURN_VALUE('AsyncIterable or Promise', 'destination', returned);
    }
    const { destroy, stop } = watch(result, false, true);
    destroys.push(destroy);
    finishListeners.push(stop);
    return result;
  }

  function connect(stream, endsNext) {
    if (isReadableNodeStream(ret)) {
      pending += 2;
      const stop = pipeTo(ret, stream, finish, endOnly, { end: endsNext });
      if (isReadable(stream) && stream === streams[streams.length - 1]) finishListeners.push(stop);
    } else if (isIterable(ret)) {
      pending += 1;
      pumpInto(ret, stream, finish, { end: endsNext });
    } else {
      throw new codes.ERR_INVALID_ARG_TYPE('val', ['Readable', 'Iterable', 'AsyncIterable'], ret);
    }
    ret = stream;
  }

  if (outer?.aborted) process.nextTick(abort);
  return ret;
}

/** Pipes one stream into the next; `finish` is called for both. */
function pipeTo(source, dest, finish, endOnly, { end }) {
  let isDestEnded = false;
  dest.on('close', () => {
    if (!isDestEnded) endOnly(new codes.ERR_STREAM_PREMATURE_CLOSE());
  });
  // Without the end, which comes below in the right order.
  source.pipe(dest, { end: false });

  if (end) {
    const endDest = () => {
      isDestEnded = true;
      dest.end();
    };
    if (isReadableFinished(source)) process.nextTick(endDest);
    else source.once('end', endDest);
  } else {
    finish();
  }

  eos(source, { readable: true, writable: false }, (error) => {
    const rState = source._readableState;
    if (error && error.code === 'ERR_STREAM_PREMATURE_CLOSE' && rState?.ended && !rState.errored && !rState.errorEmitted) {
      // It was closed, but gave everything: its end is still to come.
      source.once('end', finish).once('error', finish);
    } else {
      finish(error);
    }
  });
  return eos(dest, { readable: false, writable: true }, finish);
}

/** `pipeline` of `stream/promises`. */
function pipelinePromise(...streams) {
  return new Promise((resolve, reject) => {
    let signal;
    let end;
    const last = streams[streams.length - 1];
    if (last && typeof last === 'object' && !isNodeStream(last) && !isIterable(last) &&
        !isWebWritable(last) && !isWebPair(last)) {
      const options = streams.pop();
      ({ signal, end } = options);
    }
    run(streams, (error, value) => {
      if (error) reject(error);
      else resolve(value);
    }, { signal, end });
  });
}

module.exports = { pipeline, pipelinePromise, run, toNodeStream };
