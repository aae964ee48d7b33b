'use strict';

// What Readable can do beside being read from: iteration, `Readable.from`, old-style streams, iterator helpers
// (https://nodejs.org/api/stream.html#readablesymbolasynciterator).

const { validateObject } = require('internal/validators');

/** Puts everything on Readable. */
function addTo(Readable) {
  const proto = Readable.prototype;

  Readable.from = function (iterable, opts) {
    return require('internal/streams/from').from(Readable, iterable, opts);
  };
  Readable.wrap = function (src, options) {
    return new Readable({
      objectMode: src.readableObjectMode ?? src.objectMode ?? true,
      ...options,
      destroy(err, callback) {
        require('internal/streams/destroy').destroyer(src, err);
        callback(err);
      },
    }).wrap(src);
  };

  proto.wrap = function (stream) {
    let isPaused = false;

    stream.on('data', (chunk) => {
      if (!this.push(chunk) && stream.pause) {
        isPaused = true;
        stream.pause();
      }
    });
    stream.on('end', () => {
      this.push(null);
    });
    stream.on('error', (error) => {
      require('internal/streams/destroy').errorOrDestroy(this, error);
    });
    stream.on('close', () => {
      this.destroy();
    });
    stream.on('destroy', () => {
      this.destroy();
    });
    this._read = () => {
      if (!isPaused || !stream.resume) return;
      isPaused = false;
      stream.resume();
    };

    // Whatever else the old stream can do, this one can do, too.
    for (const key of Object.keys(stream)) {
      if (this[key] === undefined && typeof stream[key] === 'function') this[key] = stream[key].bind(stream);
    }
    return this;
  };

  proto[Symbol.asyncIterator] = function () {
    return iterate(this, undefined, Readable);
  };
  proto.iterator = function (options) {
    if (options !== undefined) validateObject(options, 'options');
    return iterate(this, options, Readable);
  };

  proto.compose = function compose(stream, options) {
    return require('internal/streams/compose').composeReadable(this, stream, options);
  };
  addHelpers(Readable);
}

function iterate(stream, options, Readable) {
  return require('internal/streams/async_iterator').iterate(stream, options, Readable);
}

/** The helpers, each loaded when first called. */
function addHelpers(Readable) {
  const helpers = () => require('internal/streams/helpers');
  const define = (methods) => {
    for (const [name, value] of Object.entries(methods)) {
      Object.defineProperty(Readable.prototype, name, {
        __proto__: null, value, writable: true, enumerable: false, configurable: true,
      });
    }
  };
  const { from } = Readable;
  // Methods, which cannot be called with `new`.
  define({
    drop(number, options = undefined) {
      return from(helpers().drop(this, number, options));
    },
    filter(fn, options) {
      return from(helpers().filter(this, fn, options));
    },
    flatMap(fn, options) {
      return from(helpers().flatMap(this, fn, options));
    },
    map(fn, options) {
      return from(helpers().map(this, fn, options));
    },
    take(number, options = undefined) {
      return from(helpers().take(this, number, options));
    },
    every(fn, options = undefined) {
      return helpers().every(this, fn, options);
    },
    forEach(fn, options) {
      return helpers().forEach(this, fn, options);
    },
    reduce(reducer, initialValue, options) {
      return helpers().reduce(this, reducer, arguments.length > 1, initialValue, options);
    },
    toArray(options) {
      return helpers().toArray(this, options);
    },
    some(fn, options = undefined) {
      return helpers().some(this, fn, options);
    },
    find(fn, options) {
      return helpers().find(this, fn, options);
    },
  });
}

module.exports = { addTo };
