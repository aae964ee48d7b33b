'use strict';

// `stream.compose`: several streams as one Duplex (https://nodejs.org/api/stream.html#streamcomposestreams).

const { AbortError, codes } = require('internal/errors');
const { destroyer } = require('internal/streams/destroy');
const { Duplex } = require('internal/streams/duplex');
const { eos } = require('internal/streams/end_of_stream');
const { run, toNodeStream } = require('internal/streams/pipeline');
const { isNodeStream, isReadable, isReadableNodeStream, isWritable, isWritableNodeStream } =
  require('internal/streams/utils');
const { validateAbortSignal, validateObject } = require('internal/validators');

function toDuplex(value, name) {
  return require('internal/streams/duplexify').duplexify(value, name);
}

/** What is written goes into the first stream, what is read comes out of the last. */
function compose(...streams) {
  if (streams.length === 0) throw new codes.ERR_MISSING_ARGS('streams');
  if (streams.length === 1) return toDuplex(streams[0], 'body');
  const given = streams;
  // Web streams take part as Node's.
  streams = streams.map(toNodeStream);
  if (typeof streams[0] === 'function') streams[0] = toDuplex(streams[0], 'streams[0]');
  const lastIndex = streams.length - 1;
  if (typeof streams[lastIndex] === 'function') {
    streams[lastIndex] = toDuplex(streams[lastIndex], `streams[${lastIndex}]`);
  }
  for (let i = 0; i < streams.length; i++) {
    if (!isNodeStream(streams[i])) continue;
    if (i < lastIndex && !isReadable(streams[i])) {
      throw new codes.ERR_INVALID_ARG_VALUE(`streams[${i}]`, given[i], 'must be readable');
    }
    if (i > 0 && !isWritable(streams[i])) {
      throw new codes.ERR_INVALID_ARG_VALUE(`streams[${i}]`, given[i], 'must be writable');
    }
  }

  const [head] = streams;
  const tail = run(streams, onfinished);
  const writable = isWritable(head) === true;
  const readable = isReadable(tail) === true;

  let ondrain = null;
  let onfinish = null;
  let onreadable = null;
  let onclose = null;
  let isFinished = false;
  const duplex = new Duplex({
    writableObjectMode: Boolean(head?.writableObjectMode),
    readableObjectMode: Boolean(tail?.readableObjectMode),
    writable,
    readable,
  });

  function onfinished(error) {
    isFinished = true;
    const callback = onclose;
    onclose = null;
    if (callback) callback(error);
    else if (error) duplex.destroy(error);
    else if (!readable && !writable) duplex.destroy();
  }

  if (writable && isWritableNodeStream(head)) {
    duplex._write = (chunk, encoding, callback) => {
      if (head.write(chunk, encoding)) callback();
      else ondrain = callback;
    };
    duplex._final = (callback) => {
      head.end();
      onfinish = callback;
    };
    head.on('drain', () => {
      const callback = ondrain;
      ondrain = null;
      callback?.();
    });
    eos(tail, () => {
      const callback = onfinish;
      onfinish = null;
      callback?.();
    });
  }

  if (readable && isReadableNodeStream(tail)) {
    tail.on('readable', () => {
      const callback = onreadable;
      onreadable = null;
      callback?.();
    });
    tail.on('end', () => {
      duplex.push(null);
    });
    duplex._read = () => {
      for (;;) {
        const chunk = tail.read();
        if (chunk === null) {
          onreadable = duplex._read;
          return;
        }
        if (!duplex.push(chunk)) return;
      }
    };
  }

  duplex._destroy = (error, callback) => {
    if (!error && !isFinished) error = new AbortError();
    onreadable = null;
    ondrain = null;
    onfinish = null;
    if (isFinished) {
      callback(error);
      return;
    }
    // The streams inside come to their end first.
    onclose = callback;
    if (isNodeStream(tail)) destroyer(tail, error);
  };
  return duplex;
}

/** `readable.compose`. */
function composeReadable(source, stream, options) {
  if (options !== undefined && options !== null) validateObject(options, 'options');
  if (options?.signal !== undefined && options.signal !== null) validateAbortSignal(options.signal, 'options.signal');
  const composed = compose(source, stream);
  if (options?.signal) require('internal/streams/add_abort_signal').addAbortSignal(options.signal, composed);
  return composed;
}

module.exports = { compose, composeReadable };
