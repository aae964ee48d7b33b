'use strict';

// Making Buffers: `from`, `alloc`, `concat` and the rest of Buffer's own functions
// (https://nodejs.org/api/buffer.html#static-method-bufferallocsize-fill-encoding).

const { codes } = require('internal/errors');
const {
  FastBuffer, allocate, allocateOwn, allocateWritten, isAnyArrayBuffer, isPooled, isUint8Array, typedArrayTag,
} = require('internal/buffer/base');
const { ASCII, LATIN1, UTF8, byteLengthOf, checkedNumber, encodingNumber } = require('internal/buffer/encodings');
const { fillBytes } = require('internal/buffer/search');
const { validateArray, validateInteger, validateNumber } = require('internal/validators');

const { buffer_from: encode, buffer_write: write } = ops;
const { apply } = Reflect;
const { set } = Object.getPrototypeOf(Uint8Array.prototype);
const { get: lengthGetter } = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(Uint8Array.prototype), 'length');

/** How long a view really is: the script may have given it a `length` of its own. */
const sizeOf = (view) => apply(lengthGetter, view, []);

/** `buffer.kMaxLength`. */
const MAX_LENGTH = Number.MAX_SAFE_INTEGER;

/** Longest text whose room in UTF-8 is reckoned and not counted: three bytes for a character. */
const RECKONED_MAX = 1024;

/** Longest text and array whose elements are copied one by one here. */
const TINY = 16;

const FROM_TYPES = ['string', 'Buffer', 'ArrayBuffer', 'Array', 'Array-like Object'];

/** ASCII without calling the engine; undefined for other text. */
function fromTiny(text, length) {
  for (let i = 0; i < length; i++) if (text.charCodeAt(i) >= 0x80) return undefined;
  const buffer = allocate(length);
  for (let i = 0; i < length; i++) buffer[i] = text.charCodeAt(i);
  return buffer;
}

function fromString(text, encoding) {
  const { length } = text;
  let number = UTF8;
  if (typeof encoding === 'string' && encoding !== '' && encoding !== 'utf8') number = checkedNumber(encoding);
  if (length === 0) return new FastBuffer();
  if (length <= TINY && (number === UTF8 || number === LATIN1)) {
    const buffer = fromTiny(text, length);
    if (buffer !== undefined) return buffer;
  }

  let room;
  if (number === UTF8) room = length <= RECKONED_MAX ? length * 3 : length;
  else room = byteLengthOf(text, number);
  // Text of many bytes gets its own memory, just as long as it is.
  if (!isPooled(room)) return new FastBuffer(encode(text, number));
  if (number === UTF8 && length > RECKONED_MAX) {
    room = byteLengthOf(text, UTF8);
    if (!isPooled(room)) return new FastBuffer(encode(text, UTF8));
  }
  if (number === LATIN1 || number === ASCII) {
    const buffer = allocate(length);
    write(buffer, text, number, 0, length);
    return buffer;
  }
  return allocateWritten(room, (pool, offset, most) => write(pool, text, number, offset, most));
}

function fromArrayBuffer(value, byteOffset, length) {
  byteOffset = byteOffset === undefined ? 0 : +byteOffset || 0;
  const most = value.byteLength - byteOffset;
  if (most < 0) throw new codes.ERR_BUFFER_OUT_OF_BOUNDS('offset');
  if (length === undefined) {
    // What can be resized is followed.
    if (value.resizable || value.growable) return new FastBuffer(value, byteOffset);
    length = most;
  } else {
    length = +length;
    if (length > most) throw new codes.ERR_BUFFER_OUT_OF_BOUNDS('length');
    if (!(length > 0)) length = 0;
  }
  return new FastBuffer(value, byteOffset, length);
}

/** The elements of an array, of bytes or anything like one. */
function fromArrayLike(value) {
  const { length } = value;
  if (!(length > 0)) return new FastBuffer();
  const buffer = allocate(Math.trunc(length));
  if (length <= TINY && Array.isArray(value)) {
    for (let i = 0; i < length; i++) buffer[i] = value[i];
  } else {
    apply(set, buffer, [value, 0]);
  }
  return buffer;
}

function fromObject(value) {
  if (value.length !== undefined || isAnyArrayBuffer(value.buffer)) {
    return typeof value.length === 'number' ? fromArrayLike(value) : new FastBuffer();
  }
  if (value.type === 'Buffer' && Array.isArray(value.data)) return fromArrayLike(value.data);
  return undefined;
}

function from(value, encodingOrOffset, length) {
  if (typeof value === 'string') return fromString(value, encodingOrOffset);
  if (typeof value === 'object' && value !== null) {
    if (isAnyArrayBuffer(value)) return fromArrayBuffer(value, encodingOrOffset, length);
    const primitive = value.valueOf?.();
    if (primitive !== null && primitive !== undefined && primitive !== value &&
        (typeof primitive === 'string' || typeof primitive === 'object')) {
      return from(primitive, encodingOrOffset, length);
    }
    const buffer = fromObject(value);
    if (buffer !== undefined) return buffer;
    if (typeof value[Symbol.toPrimitive] === 'function') {
      const text = value[Symbol.toPrimitive]('string');
      if (typeof text === 'string') return fromString(text, encodingOrOffset);
    }
  }
  throw new codes.ERR_INVALID_ARG_TYPE('first argument', FROM_TYPES, value);
}

function copyBytesFrom(view, offset, length) {
  if (apply(typedArrayTag, view, []) === undefined) throw new codes.ERR_INVALID_ARG_TYPE('view', ['TypedArray'], view);
  if (view.length === 0) return new FastBuffer();
  if (offset === undefined && length === undefined) {
    offset = 0;
  } else if (offset === undefined) {
    offset = 0;
  } else {
    validateInteger(offset, 'offset', 0);
    if (offset >= view.length) return new FastBuffer();
  }
  let end = view.length;
  if (length !== undefined) {
    validateInteger(length, 'length', 0);
    end = Math.min(offset + length, view.length);
  }
  const part = view.subarray(offset, end);
  return fromArrayLike(new Uint8Array(part.buffer, part.byteOffset, part.byteLength));
}

// Not a method of the class it is called on: always a Buffer.
const of = (...items) => {
  const buffer = new FastBuffer(items.length);
  for (let i = 0; i < items.length; i++) buffer[i] = items[i];
  return buffer;
};

function checkSize(size) {
  validateNumber(size, 'size', 0, MAX_LENGTH);
}

function alloc(size, fill, encoding) {
  checkSize(size);
  const buffer = new FastBuffer(size);
  if (fill !== undefined && fill !== 0 && size > 0) fillBytes(buffer, fill, 0, buffer.length, encoding);
  return buffer;
}

function allocUnsafe(size, _) {
  checkSize(size);
  return allocate(Math.trunc(size));
}

function allocUnsafeSlow(size, _) {
  checkSize(size);
  return allocateOwn(size);
}

function concat(list, length) {
  validateArray(list, 'list');
  if (list.length === 0) return new FastBuffer();
  if (length === undefined) {
    length = 0;
    for (let i = 0; i < list.length; i++) if (isUint8Array(list[i])) length += sizeOf(list[i]);
  } else {
    validateInteger(length, 'length', 0);
  }
  const buffer = allocUnsafe(length);
  let at = 0;
  for (let i = 0; i < list.length; i++) {
    const item = list[i];
    if (!isUint8Array(item)) throw new codes.ERR_INVALID_ARG_TYPE(`list[${i}]`, ['Buffer', 'Uint8Array'], item);
    const room = length - at;
    const size = sizeOf(item);
    apply(set, buffer, [size > room ? new Uint8Array(item.buffer, item.byteOffset, room) : item, at]);
    at += Math.min(size, room);
  }
  // The rest would be bytes of something else.
  if (at < length) buffer.fill(0, at, length);
  return buffer;
}

function byteLength(string, encoding) {
  if (typeof string !== 'string') {
    if (ArrayBuffer.isView(string) || isAnyArrayBuffer(string)) return string.byteLength;
    throw new codes.ERR_INVALID_ARG_TYPE('string', ['string', 'Buffer', 'ArrayBuffer'], string);
  }
  return byteLengthOf(string, encodingNumber(encoding) ?? UTF8);
}

function isEncoding(encoding) {
  return typeof encoding === 'string' && encoding.length !== 0 && encodingNumber(encoding) !== undefined;
}

module.exports = {
  MAX_LENGTH, alloc, allocUnsafe, allocUnsafeSlow, byteLength, concat, copyBytesFrom, from, isEncoding, of,
};
