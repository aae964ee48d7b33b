'use strict';

// What the parts of `crypto` share: bytes from arguments, text from results.

const { Buffer } = require('buffer');
const { FastBuffer, isAnyArrayBuffer } = require('internal/buffer/base');
const { encodingNumber } = require('internal/buffer/encodings');
const { codes } = require('internal/errors');

const { isView } = ArrayBuffer;

const BYTES = ['string', 'ArrayBuffer', 'Buffer', 'TypedArray', 'DataView'];
const VIEWS = ['ArrayBuffer', 'Buffer', 'TypedArray', 'DataView'];

/** The symbols under which scripts see the state of these objects, when they look closely. */
const kHandle = Symbol('kHandle');

/** A Buffer of the same bytes. */
function toBuffer(bytes) {
  return new FastBuffer(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** Bytes of any kind as a view. */
function toView(value) {
  return isAnyArrayBuffer(value) ? new Uint8Array(value) : value;
}

/** The bytes of an argument that may be text in some encoding, a view or an ArrayBuffer. */
function toBytes(value, name, encoding = undefined, expected = BYTES) {
  if (typeof value === 'string') {
    if (encoding === 'buffer') encoding = 'utf8';
    return Buffer.from(value, encoding);
  }
  if (isView(value)) return value;
  if (isAnyArrayBuffer(value)) return new Uint8Array(value);
  throw new codes.ERR_INVALID_ARG_TYPE(name, expected, value);
}

/** The same without text. */
function toBytesOnly(value, name) {
  if (isView(value)) return value;
  if (isAnyArrayBuffer(value)) return new Uint8Array(value);
  throw new codes.ERR_INVALID_ARG_TYPE(name, VIEWS, value);
}

/** A result in the encoding asked for: bytes, unless it is one of text. */
function encode(bytes, encoding) {
  const buffer = toBuffer(bytes);
  return isText(encoding) ? buffer.toString(encoding) : buffer;
}

/** Whether results are to be text in this encoding. */
function isText(encoding) {
  return encoding && encoding !== 'buffer' && encodingNumber(encoding) !== undefined;
}

/** The bytes of any view as a Buffer of the same memory. */
function viewed(view) {
  return Buffer.from(view.buffer, view.byteOffset, view.byteLength);
}

/** The ArrayBuffer that holds exactly these bytes. */
function toArrayBuffer(bytes) {
  const { buffer, byteOffset, byteLength } = bytes;
  return byteOffset === 0 && byteLength === buffer.byteLength
    ? buffer
    : buffer.slice(byteOffset, byteOffset + byteLength);
}

/** Bytes of secrets and of what is worked on later must not change meanwhile: a copy. */
function copied(view) {
  return new Uint8Array(view.buffer.slice(view.byteOffset, view.byteOffset + view.byteLength));
}

module.exports = {
  BYTES, VIEWS, copied, encode, isText, kHandle, toArrayBuffer, toBuffer, toBytes, toBytesOnly, toView, viewed,
};
