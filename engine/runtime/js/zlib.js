'use strict';

// Compression (https://nodejs.org/api/zlib.html).

const { codes: errors } = require('internal/errors');
const { codes, constants } = require('internal/zlib/constants');
const classes = require('internal/zlib/classes');
const { runLater, runSync } = require('internal/zlib/stream');
const { validateUint32 } = require('internal/validators');

/** Names of the functions, and their classes. */
const FUNCTIONS = {
  deflate: 'Deflate',
  gzip: 'Gzip',
  deflateRaw: 'DeflateRaw',
  unzip: 'Unzip',
  inflate: 'Inflate',
  gunzip: 'Gunzip',
  inflateRaw: 'InflateRaw',
  brotliCompress: 'BrotliCompress',
  brotliDecompress: 'BrotliDecompress',
  zstdCompress: 'ZstdCompress',
  zstdDecompress: 'ZstdDecompress',
};

function crc32(data, value = 0) {
  if (typeof data !== 'string' && !ArrayBuffer.isView(data)) {
    throw new errors.ERR_INVALID_ARG_TYPE('data', ['Buffer', 'TypedArray', 'DataView', 'string'], data);
  }
  validateUint32(value, 'value');
  return ops.zlib_crc32(data, value);
}

module.exports = { crc32, ...classes };

for (const name of Object.keys(FUNCTIONS)) {
  const Class = classes[FUNCTIONS[name]];
  module.exports[name] = { [name](buffer, options, callback) {
    if (typeof options === 'function') {
      callback = options;
      options = {};
    }
    require('internal/validators').validateFunction(callback, 'callback');
    runLater(new Class(options), buffer, callback);
  } }[name];
  module.exports[`${name}Sync`] = { [`${name}Sync`](buffer, options) {
    return runSync(new Class(options), buffer);
  } }[`${name}Sync`];
}
for (const name of Object.keys(classes)) {
  Object.defineProperty(module.exports, `create${name}`, {
    __proto__: null,
    configurable: true,
    enumerable: true,
    value: { [`create${name}`](options) {
      return new classes[name](options);
    } }[`create${name}`],
  });
}
require('internal/zip/public').exportZip(module.exports);
for (const [name, value] of [['constants', constants], ['codes', codes]]) {
  Object.defineProperty(module.exports, name, { __proto__: null, enumerable: true, value });
}
// Scripts of old times read the constants here.
for (const name of Object.keys(constants)) {
  if (name.startsWith('BROTLI')) continue;
  Object.defineProperty(module.exports, name, { __proto__: null, enumerable: false, value: constants[name] });
}
