'use strict';

// Text in and out of Buffers: `toString`, `write` and the methods of the single encodings
// (https://nodejs.org/api/buffer.html#buftostringencoding-start-end).

const { codes } = require('internal/errors');
const { plainError } = require('internal/buffer/base');
const {
  ASCII, BASE64, BASE64URL, HEX, LATIN1, UTF16LE, UTF8, checkedNumber,
} = require('internal/buffer/encodings');
const { validateInteger } = require('internal/validators');

const typedArray = Object.getPrototypeOf(Uint8Array.prototype);
const lengthOf = Object.getOwnPropertyDescriptor(typedArray, 'length').get;
const { buffer_slice: slice, buffer_write: write } = ops;

/** The largest length of a string in V8. */
const MAX_STRING_LENGTH = 0x1fffffe8;

function sliceText(buffer, encoding, start, end, caller) {
  const text = slice(buffer, encoding, start, end);
  if (text === undefined) {
    const message = `Cannot create a string longer than 0x${MAX_STRING_LENGTH.toString(16)} characters`;
    throw plainError(Error, 'ERR_STRING_TOO_LONG', message, caller);
  }
  return text;
}

function toString(encoding, start, end) {
  if (arguments.length === 0) return sliceText(this, UTF8, 0, this.length, toString);
  const { length } = this;
  if (start <= 0) start = 0;
  else if (start >= length) return '';
  else start = Math.trunc(start) || 0;
  if (end === undefined || end > length) end = length;
  else end = Math.trunc(end) || 0;
  if (end <= start) return '';
  return sliceText(this, encoding === undefined ? UTF8 : checkedNumber(encoding), start, end, toString);
}

function checkView(value, caller) {
  if (!ArrayBuffer.isView(value)) {
    throw plainError(TypeError, 'ERR_INVALID_ARG_TYPE', 'argument must be a buffer', caller);
  }
}

/** The method of one encoding that reads text. */
function makeSlice(encoding) {
  // Anonymous, as in Node.
  return (() => function (start, end) {
    checkView(this, toString);
    const length = this.byteLength;
    start = Math.trunc(start) || 0;
    end = end === undefined ? length : Math.trunc(end) || 0;
    if (start < 0 || end < 0 || end > length) throw plainError(RangeError, 'ERR_OUT_OF_RANGE', 'Index out of range');
    return end <= start ? '' : sliceText(this, encoding, start, end);
  })();
}

function checkText(text, caller) {
  if (typeof text !== 'string') {
    throw plainError(TypeError, 'ERR_INVALID_ARG_TYPE', 'argument must be a string', caller);
  }
}

/** The method of one encoding that writes text. */
function makeWrite(encoding) {
  return (() => function (text, offset, length) {
    checkView(this);
    checkText(text);
    const size = this.byteLength;
    offset ??= 0;
    if (offset < 0 || offset > size) throw new codes.ERR_BUFFER_OUT_OF_BOUNDS('offset');
    length ??= size - offset;
    if (length < 0 || length > size - offset) throw new codes.ERR_BUFFER_OUT_OF_BOUNDS('length');
    return write(this, text, encoding, +offset, +length);
  })();
}

function writeText(text, offset, length, encoding) {
  const size = Reflect.apply(lengthOf, this, []);
  let number = UTF8;
  // The forms: (text), (text, encoding), (text, offset[, length][, encoding]).
  if (offset === undefined) {
    checkText(text, writeText);
    return write(this, text, UTF8, 0, size);
  }
  if (length === undefined && typeof offset === 'string') {
    encoding = offset;
    length = size;
    offset = 0;
  } else {
    validateInteger(offset, 'offset', 0, size);
    const remaining = size - offset;
    if (length === undefined) {
      length = remaining;
    } else if (typeof length === 'string') {
      encoding = length;
      length = remaining;
    } else {
      validateInteger(length, 'length', 0, size);
      if (length > remaining) length = remaining;
    }
  }
  if (encoding) number = checkedNumber(encoding);
  checkText(text, writeText);
  return write(this, text, number, offset, length);
}

/** Puts the methods of the single encodings on `proto`. */
function addEncodingMethods(proto) {
  const named = {
    ascii: ASCII, base64: BASE64, base64url: BASE64URL, latin1: LATIN1, hex: HEX, ucs2: UTF16LE, utf8: UTF8,
  };
  for (const [name, number] of Object.entries(named)) proto[`${name}Slice`] = makeSlice(number);
  for (const [name, number] of Object.entries(named)) proto[`${name}Write`] = makeWrite(number);
}

Object.defineProperty(writeText, 'name', { __proto__: null, value: 'write', configurable: true });

module.exports = { MAX_STRING_LENGTH, addEncodingMethods, sliceText, toString, writeText };
