'use strict';

// The encodings of Buffers and their names (https://nodejs.org/api/buffer.html#buffers-and-character-encodings).

const { codes } = require('internal/errors');

/** The numbers by which the ops know the encodings. */
const UTF8 = 0;
const UTF16LE = 1;
const LATIN1 = 2;
const ASCII = 3;
const BASE64 = 4;
const BASE64URL = 5;
const HEX = 6;

/** Number of an encoding → its proper name. */
const names = ['utf8', 'utf16le', 'latin1', 'ascii', 'base64', 'base64url', 'hex'];

/** `encoding` in lower case → number. */
const numbers = {
  __proto__: null,
  utf8: UTF8,
  'utf-8': UTF8,
  ucs2: UTF16LE,
  'ucs-2': UTF16LE,
  utf16le: UTF16LE,
  'utf-16le': UTF16LE,
  latin1: LATIN1,
  binary: LATIN1,
  ascii: ASCII,
  base64: BASE64,
  base64url: BASE64URL,
  hex: HEX,
};

/** The number of an encoding, undefined for what is none. */
function encodingNumber(encoding) {
  const number = numbers[encoding];
  if (number !== undefined || typeof encoding !== 'string') return number;
  return numbers[encoding.toLowerCase()];
}

/** The same; throws for an unknown one. */
function checkedNumber(encoding) {
  const number = encodingNumber(encoding);
  if (number === undefined) throw new codes.ERR_UNKNOWN_ENCODING(encoding);
  return number;
}

/** The proper name of an encoding (`utf8` for what counts as none), undefined for an unknown one. */
function normalizeEncoding(encoding) {
  if (encoding === undefined || encoding === null || encoding === '') return 'utf8';
  const number = encodingNumber(encoding);
  return number === undefined ? undefined : names[number];
}

function base64Length(text) {
  let { length } = text;
  if (length > 0 && text.charCodeAt(length - 1) === 0x3d) length--;
  if (length > 1 && text.charCodeAt(length - 1) === 0x3d) length--;
  // Not by shifts: the product may not fit into 32 bits.
  return Math.floor((length * 3) / 4);
}

/** Up to this many characters, counting here is faster than calling the engine. */
const COUNTED_MAX = 24;

function utf8Length(text) {
  const { length } = text;
  if (length > COUNTED_MAX) return ops.buffer_byte_length(text);
  let bytes = length;
  for (let i = 0; i < length; i++) {
    const unit = text.charCodeAt(i);
    if (unit < 0x80) continue;
    bytes += unit < 0x800 ? 1 : 2;
    // Both halves of a pair make four bytes together.
    if (unit >= 0xd800 && unit < 0xdc00 && (text.charCodeAt(i + 1) & 0xfc00) === 0xdc00) i += 1;
  }
  return bytes;
}

/** How many bytes a text takes; of base64, how many it would at most. */
function byteLengthOf(text, number) {
  switch (number) {
    case UTF16LE:
      return text.length * 2;
    case LATIN1:
    case ASCII:
      return text.length;
    case BASE64:
    case BASE64URL:
      return base64Length(text);
    case HEX:
      return text.length >>> 1;
    default:
      return utf8Length(text);
  }
}

module.exports = {
  ASCII, BASE64, BASE64URL, HEX, LATIN1, UTF16LE, UTF8, byteLengthOf, checkedNumber, encodingNumber, normalizeEncoding,
};
