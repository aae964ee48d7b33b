'use strict';

// `buffer.transcode`: bytes of one encoding as those of another
// (https://nodejs.org/api/buffer.html#buffertranscodesource-fromenc-toenc).

const { codes } = require('internal/errors');
const { FastBuffer, isUint8Array } = require('internal/buffer/base');
const { ASCII, LATIN1, UTF16LE, UTF8, encodingNumber } = require('internal/buffer/encodings');

// The numbers of ICU's errors.
const ERRORS = { U_ILLEGAL_ARGUMENT_ERROR: 1, U_INVALID_CHAR_FOUND: 10 };

function fail(code) {
  const error = new Error(`Unable to transcode Buffer [${code}]`);
  error.code = code;
  error.errno = ERRORS[code];
  throw error;
}

function numberOf(encoding) {
  const number = encoding === undefined ? UTF8 : encodingNumber(encoding);
  if (number === UTF8 || number === UTF16LE || number === LATIN1 || number === ASCII) return number;
  return fail('U_ILLEGAL_ARGUMENT_ERROR');
}

function decode(source, number) {
  if (number !== ASCII) return ops.buffer_slice(source, number, 0, source.length);
  return ops.buffer_slice(source, LATIN1, 0, source.length).replace(/[\x80-\xff]/g, '\ufffd');
}

/** Converts; characters that the target hasn't become `?`. */
function transcode(source, fromEncoding, toEncoding) {
  if (!isUint8Array(source)) throw new codes.ERR_INVALID_ARG_TYPE('source', ['Buffer', 'Uint8Array'], source);
  if (source.length === 0) return new FastBuffer();
  const from = numberOf(fromEncoding);
  const to = numberOf(toEncoding);
  let text = decode(source, from);
  if (to === LATIN1) text = text.replace(/[^\x00-\xff]/gu, '?');
  else if (to === ASCII) text = text.replace(/[^\x00-\x7f]/gu, '?');
  else if (from === UTF8 && to === UTF16LE && !ops.buffer_is_utf8(source)) fail('U_INVALID_CHAR_FOUND');
  else if (from === UTF16LE && to === UTF8 && !text.isWellFormed()) fail('U_INVALID_CHAR_FOUND');
  return new FastBuffer(ops.buffer_from(text, to));
}

module.exports = { transcode };
