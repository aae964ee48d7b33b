'use strict';

// CompressionStream and DecompressionStream (https://compression.spec.whatwg.org/).

const { duplexToWeb } = require('internal/webstreams/adapters');
const { finish } = require('internal/webstreams/util');

const COMPRESSORS = {
  __proto__: null, brotli: 'createBrotliCompress', deflate: 'createDeflate', 'deflate-raw': 'createDeflateRaw', gzip: 'createGzip',
};
const DECOMPRESSORS = {
  __proto__: null, brotli: 'createBrotliDecompress', deflate: 'createInflate', 'deflate-raw': 'createInflateRaw',
  gzip: 'createGunzip',
};

/** The two ends of a stream of `zlib` for one format. */
function open(Class, makers, format, options) {
  const make = makers[`${format}`];
  if (make === undefined) {
    const error = new TypeError(
      `Failed to construct '${Class}': 1st argument '${format}' is not a valid enum value of type CompressionFormat.`);
    error.code = 'ERR_INVALID_ARG_VALUE';
    throw error;
  }
  const stream = require('zlib')[make](options);
  // The standard's errors are TypeErrors.
  const { destroy } = stream;
  stream.destroy = (error, callback) => {
    const told = error ? Object.assign(new TypeError('', { cause: error }), { code: error.code }) : error;
    return Reflect.apply(destroy, stream, [told, callback]);
  };
  return duplexToWeb(stream);
}

class CompressionStream {
  #pair;

  constructor(format) {
    this.#pair = open('CompressionStream', COMPRESSORS, format);
  }

  get readable() {
    return this.#pair.readable;
  }

  get writable() {
    return this.#pair.writable;
  }
}

class DecompressionStream {
  #pair;

  constructor(format) {
    // The standard allows nothing after the end.
    this.#pair = open('DecompressionStream', DECOMPRESSORS, format, { rejectGarbageAfterEnd: true });
  }

  get readable() {
    return this.#pair.readable;
  }

  get writable() {
    return this.#pair.writable;
  }
}

for (const Class of [CompressionStream, DecompressionStream]) {
  finish(Class, ['readable', 'writable'], ({ readable, writable }) => ({ readable, writable }));
}

module.exports = { CompressionStream, DecompressionStream };
