'use strict';

// `Duplex.from`: almost anything as a Duplex (https://nodejs.org/api/stream.html#streamduplexfromsrc).

const { AbortError, codes } = require('internal/errors');
const { destroyer } = require('internal/streams/destroy');
const { Duplex } = require('internal/streams/duplex');
const { eos } = require('internal/streams/end_of_stream');
const { from } = require('internal/streams/from');
const { Readable } = require('internal/streams/readable');
const {
  isDuplexNodeStream, isIterable, isNodeStream, isReadable, isReadableNodeStream, isWritable,
  isWritableNodeStream,
} = require('internal/streams/utils');

const ACCEPTED = [
  'Blob', 'ReadableStream', 'WritableStream', 'Stream', 'Iterable', 'AsyncIterable', 'Function',
  '{ readable, writable } pair', 'Promise',
];

const isBlob = (value) => require('internal/blob').isBlob(value);

/** A Duplex whose absent direction is done from the start. */
class Duplexify extends Duplex {
  constructor(options) {
    super(options);
    if (options?.readable === false) {
      this._readableState.readable = false;
      this._readableState.ended = true;
      this._readableState.endEmitted = true;
    }
    if (options?.writable === false) {
      this._writableState.writable = false;
      this._writableState.ending = true;
      this._writableState.ended = true;
      this._writableState.finished = true;
    }
  }
}

/** A value as a Duplex; `name` is what an error calls it. */
function duplexify(body, name) {
  if (isDuplexNodeStream(body)) return body;
  if (isReadableNodeStream(body)) return join({ readable: body });
  if (isWritableNodeStream(body)) return join({ writable: body });
  if (isNodeStream(body)) return join({ writable: false, readable: false });
  if (typeof body === 'function') return ofFunction(body, name);
  if (typeof body?.getReader === 'function' && typeof body.pipeTo === 'function') {
    return join({ readable: require('internal/webstreams/adapters').readableFromWeb(body) });
  }
  if (typeof body?.getWriter === 'function') {
    return join({ writable: require('internal/webstreams/adapters').writableFromWeb(body, { objectMode: true }) });
  }
  if (isBlob(body)) return duplexify(body.arrayBuffer(), name);
  if (isIterable(body)) return from(Duplexify, body, { objectMode: true, writable: false });

  if (typeof body?.writable === 'object' || typeof body?.readable === 'object') {
    const readable = body?.readable
      ? isReadableNodeStream(body.readable) ? body.readable : duplexify(body.readable, name)
      : undefined;
    const writable = body?.writable
      ? isWritableNodeStream(body.writable) ? body.writable : duplexify(body.writable, name)
      : undefined;
    return join({ readable, writable });
  }
  if (typeof body?.then === 'function') return ofPromise(body);
  throw new codes.ERR_INVALID_ARG_TYPE(name, ACCEPTED, body);
}

/** A promise as a stream of its value. */
function ofPromise(promise) {
  let duplex;
  Reflect.apply(promise.then, promise, [
    (value) => {
      if (value !== null && value !== undefined) duplex.push(value);
      duplex.push(null);
    },
    (error) => {
      destroyer(duplex, error);
    },
  ]);
  duplex = new Duplexify({ objectMode: true, writable: false, read() {} });
  return duplex;
}

/** A function that takes what is written, as an async iterable. */
function ofFunction(body, name) {
  const { value, write, final, destroy } = callWithIterable(body);
  if (isDuplexNodeStream(value)) return value;
  if (isIterable(value)) return from(Duplexify, value, { objectMode: true, write, final, destroy });

  const then = value?.then;
  if (typeof then === 'function') {
    let duplex;
    const result = Reflect.apply(then, value, [
      (settled) => {
        if (settled !== null && settled !== undefined) {
          throw new codes.ERR_INVALID_RETURN_VALUE('nully', 'body', settled);
        }
      },
      (error) => {
        destroyer(duplex, error);
      },
    ]);
    duplex = new Duplexify({
      objectMode: true,
      readable: false,
      write,
      final(callback) {
        final(async () => {
          try {
            await result;
            process.nextTick(callback, null);
          } catch (error) {
            process.nextTick(callback, error);
          }
        });
      },
      destroy,
    });
    return duplex;
  }
  throw new codes.ERR_INVALID_RETURN_VALUE('Iterable, AsyncIterable or AsyncFunction', name, value);
}

/** Calls a function with an async iterable of what `write` is given. */
function callWithIterable(fn) {
  let { promise, resolve } = Promise.withResolvers();
  const controller = new AbortController();
  const { signal } = controller;
  async function* written() {
    for (;;) {
      const current = promise;
      promise = null;
      const { chunk, done, callback } = await current;
      process.nextTick(callback);
      if (done) return;
      if (signal.aborted) throw new AbortError(undefined, { cause: signal.reason });
      ({ promise, resolve } = Promise.withResolvers());
      yield chunk;
    }
  }
  const value = fn(written(), { signal });
  return {
    value,
    write(chunk, encoding, callback) {
      const current = resolve;
      resolve = null;
      current({ chunk, done: false, callback });
    },
    final(callback) {
      const current = resolve;
      resolve = null;
      current({ done: true, callback });
    },
    destroy(error, callback) {
      controller.abort();
      callback(error);
    },
  };
}

/** A readable and a writable stream as one. */
function join(pair) {
  const source = pair.readable && typeof pair.readable.read !== 'function' ? Readable.wrap(pair.readable) : pair.readable;
  const target = pair.writable;
  const readable = Boolean(isReadable(source));
  const writable = Boolean(isWritable(target));
  let ondrain;
  let onfinish;
  let onreadable;
  let onclose;

  function onfinished(error) {
    const callback = onclose;
    onclose = null;
    if (callback) callback(error);
    else if (error) duplex.destroy(error);
  }

  const duplex = new Duplexify({
    readableObjectMode: Boolean(source?.readableObjectMode),
    writableObjectMode: Boolean(target?.writableObjectMode),
    readable,
    writable,
  });

  if (writable) {
    eos(target, (error) => {
      if (error) destroyer(source, error);
      onfinished(error);
    });
    duplex._write = (chunk, encoding, callback) => {
      if (target.write(chunk, encoding)) callback();
      else ondrain = callback;
    };
    duplex._final = (callback) => {
      target.end();
      onfinish = callback;
    };
    target.on('drain', () => {
      const callback = ondrain;
      ondrain = null;
      callback?.();
    });
    target.on('finish', () => {
      const callback = onfinish;
      onfinish = null;
      callback?.();
    });
  }

  if (readable) {
    eos(source, (error) => {
      if (error) destroyer(target, error);
      onfinished(error);
    });
    source.on('readable', () => {
      const callback = onreadable;
      onreadable = null;
      callback?.();
    });
    source.on('end', () => {
      duplex.push(null);
    });
    duplex._read = () => {
      for (;;) {
        const chunk = source.read();
        if (chunk === null) {
          onreadable = duplex._read;
          return;
        }
        if (!duplex.push(chunk)) return;
      }
    };
  }

  duplex._destroy = (error, callback) => {
    if (!error && onclose !== null) error = new AbortError();
    onreadable = null;
    ondrain = null;
    onfinish = null;
    if (onclose === null) {
      callback(error);
    } else {
      onclose = callback;
      destroyer(target, error);
      destroyer(source, error);
    }
  };
  return duplex;
}

module.exports = { duplexify };
