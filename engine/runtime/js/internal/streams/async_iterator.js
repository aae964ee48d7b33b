'use strict';

// A Readable as an async iterable (https://nodejs.org/api/stream.html#readablesymbolasynciterator).

const { aggregateTwoErrors } = require('internal/errors');
const { destroyer } = require('internal/streams/destroy');
const { eos } = require('internal/streams/end_of_stream');

/** An async iterator over the chunks; leaving it early destroys the stream unless the options say otherwise. */
function iterate(stream, options, Readable) {
  if (typeof stream.read !== 'function') stream = Readable.wrap(stream, { objectMode: true });
  const iterator = chunksOf(stream, options);
  iterator.stream = stream;
  return iterator;
}

async function* chunksOf(stream, options) {
  let wake = () => {};
  function onreadable() {
    wake();
    wake = () => {};
  }
  const untilReadable = (resolve) => {
    wake = resolve;
  };
  stream.on('readable', onreadable);

  // Undefined while it goes on, null at a proper end.
  let error;
  const stopWatching = eos(stream, { writable: false }, (failed) => {
    error = failed ? aggregateTwoErrors(error, failed) : null;
    onreadable();
  });

  try {
    for (;;) {
      const chunk = stream.destroyed ? null : stream.read();
      if (chunk !== null) yield chunk;
      else if (error) throw error;
      else if (error === null) return;
      else await new Promise(untilReadable);
    }
  } catch (thrown) {
    error = aggregateTwoErrors(error, thrown);
    throw error;
  } finally {
    const destroys = error || options?.destroyOnReturn !== false;
    if (destroys && (error === undefined || stream._readableState.autoDestroy)) {
      destroyer(stream, null);
    } else {
      stream.off('readable', onreadable);
      stopWatching();
    }
  }
}

module.exports = { iterate };
