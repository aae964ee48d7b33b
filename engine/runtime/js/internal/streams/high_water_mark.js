'use strict';

// How much a stream buffers by default (https://nodejs.org/api/stream.html#streamgetdefaulthighwatermarkobjectmode).

const { codes } = require('internal/errors');
const { validateInteger } = require('internal/validators');

let bytes = 64 * 1024;
let objects = 16;

/** The default for streams of bytes or of objects. */
function getDefaultHighWaterMark(objectMode) {
  return objectMode ? objects : bytes;
}

/** Changes the default for streams that are made from now on. */
function setDefaultHighWaterMark(objectMode, value) {
  validateInteger(value, 'value', 0);
  if (objectMode) objects = value;
  else bytes = value;
}

/** What a new stream's options say; `duplexKey` is the name of the option of one direction of a Duplex. */
function getHighWaterMark(objectMode, options, duplexKey, isDuplex) {
  let value = options?.highWaterMark;
  let name = 'highWaterMark';
  if (value === undefined || value === null) {
    value = isDuplex ? options?.[duplexKey] : null;
    name = duplexKey;
  }
  if (value === undefined || value === null) return getDefaultHighWaterMark(objectMode);
  if (!Number.isInteger(value) || value < 0) throw new codes.ERR_INVALID_ARG_VALUE(`options.${name}`, value);
  return Math.floor(value);
}

module.exports = { getDefaultHighWaterMark, getHighWaterMark, setDefaultHighWaterMark };
