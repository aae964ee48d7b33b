'use strict';

// Looking for bytes, comparing, copying and filling (https://nodejs.org/api/buffer.html#bufindexofvalue-byteoffset-encoding).

const { codes } = require('internal/errors');
const { isUint8Array } = require('internal/buffer/base');
const { UTF16LE, UTF8, checkedNumber, encodingNumber, normalizeEncoding } = require('internal/buffer/encodings');
const { validateBuffer, validateInteger, validateString } = require('internal/validators');

const typedArray = Object.getPrototypeOf(Uint8Array.prototype);
const byteLengthOf = Object.getOwnPropertyDescriptor(typedArray, 'byteLength').get;
const { fill: fillNumber, indexOf: indexOfNumber, lastIndexOf: lastIndexOfNumber, set } = typedArray;
const { apply } = Reflect;

const BUFFERS = ['Buffer', 'Uint8Array'];
const EMPTY = new Uint8Array(0);

/** Up to this many bytes, a loop here is faster than calling the engine. */
const SMALL = 32;

function bytesOf(view) {
  return isUint8Array(view) ? view : new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
}

function search(buffer, value, offset, encoding, isForward) {
  validateBuffer(buffer);
  if (typeof offset === 'string') {
    encoding = offset;
    offset = undefined;
  }
  offset = +offset;
  let { byteLength } = buffer;
  if (Number.isNaN(offset)) offset = isForward ? 0 : byteLength;
  offset = Math.trunc(offset);

  if (typeof value === 'number') return searchNumber(buffer, value >>> 0 & 0xff, offset, isForward);
  let number = UTF8;
  if (typeof value === 'string') {
    if (encoding !== undefined) number = checkedNumber(encoding);
  } else if (isUint8Array(value)) {
    number = encodingNumber(encoding) ?? UTF8;
  } else {
    throw new codes.ERR_INVALID_ARG_TYPE('value', ['number', 'string', ...BUFFERS], value);
  }

  // Half a unit at the end does not count; with a text, not even for offsets from the end.
  const whole = number === UTF16LE ? byteLength - (byteLength % 2) : byteLength;
  if (typeof value === 'string') byteLength = whole;

  let from = offset;
  if (offset < 0) {
    offset = Math.max(offset + byteLength, 0);
    from += byteLength;
  }
  // Backwards from before the start there is nothing; only whether anything is looked for still counts.
  const isBefore = from < 0 && !isForward;
  const found = ops.buffer_index_of(isBefore ? EMPTY : buffer, value, number, offset, isForward);
  // Nothing is found everywhere.
  return found === -2 ? Math.min(offset, whole) : found;
}

function searchNumber(buffer, value, offset, isForward) {
  const bytes = bytesOf(buffer);
  if (isForward) return apply(indexOfNumber, bytes, [value, offset]);
  if (offset < 0) offset += bytes.length;
  return offset < 0 ? -1 : apply(lastIndexOfNumber, bytes, [value, offset]);
}

function indexOf(value, byteOffset, encoding, _) {
  return search(this, value, byteOffset, encoding, true);
}

function lastIndexOf(value, byteOffset, encoding, _) {
  return search(this, value, byteOffset, encoding, false);
}

function includes(value, byteOffset, encoding, _) {
  return search(this, value, byteOffset, encoding, true) !== -1;
}

function checkBytes(value, name) {
  if (!isUint8Array(value)) throw new codes.ERR_INVALID_ARG_TYPE(name, BUFFERS, value);
}

function compareAll(a, b) {
  if (a === b) return 0;
  const { length } = a;
  if (length > SMALL || b.length > SMALL) return ops.buffer_compare(a, b, 0, Infinity, 0, Infinity);
  const both = Math.min(length, b.length);
  for (let i = 0; i < both; i++) if (a[i] !== b[i]) return a[i] < b[i] ? -1 : 1;
  return Math.sign(length - b.length);
}

/** `Buffer.compare`. */
function compareTwo(buf1, buf2) {
  checkBytes(buf1, 'buf1');
  checkBytes(buf2, 'buf2');
  return compareAll(buf1, buf2);
}

function compare(target, targetStart, targetEnd, sourceStart, sourceEnd) {
  checkBytes(target, 'target');
  if (arguments.length === 1) return compareAll(this, target);

  if (targetStart === undefined) targetStart = 0;
  else validateInteger(targetStart, 'targetStart', 0);
  if (targetEnd === undefined) targetEnd = target.length;
  else validateInteger(targetEnd, 'targetEnd', 0, target.length);
  if (sourceStart === undefined) sourceStart = 0;
  else validateInteger(sourceStart, 'sourceStart', 0);
  if (sourceEnd === undefined) sourceEnd = this.length;
  else validateInteger(sourceEnd, 'sourceEnd', 0, this.length);

  if (sourceStart >= sourceEnd) return targetStart >= targetEnd ? 0 : -1;
  if (targetStart >= targetEnd) return 1;
  return ops.buffer_compare(this, target, sourceStart, sourceEnd, targetStart, targetEnd);
}

function equals(otherBuffer) {
  checkBytes(otherBuffer, 'otherBuffer');
  if (this === otherBuffer) return true;
  const length = apply(byteLengthOf, this, []);
  if (length !== apply(byteLengthOf, otherBuffer, [])) return false;
  return length === 0 || compareAll(this, otherBuffer) === 0;
}

/** A whole number; 0 for what is none. */
function toWhole(value) {
  value = +value;
  return value >= Number.MIN_SAFE_INTEGER && value <= Number.MAX_SAFE_INTEGER ? Math.floor(value) : 0;
}

function copySmall(source, target, targetStart, sourceStart, count) {
  if (source.buffer === target.buffer && source.byteOffset + sourceStart < target.byteOffset + targetStart) {
    // They may overlap: from the end, nothing is read that was written.
    for (let i = count - 1; i >= 0; i--) target[targetStart + i] = source[sourceStart + i];
  } else {
    for (let i = 0; i < count; i++) target[targetStart + i] = source[sourceStart + i];
  }
}

function copy(target, targetStart, sourceStart, sourceEnd) {
  if (!isUint8Array(this)) throw new codes.ERR_INVALID_ARG_TYPE('source', BUFFERS, this);
  if (!isUint8Array(target)) {
    if (!ArrayBuffer.isView(target)) throw new codes.ERR_INVALID_ARG_TYPE('target', BUFFERS, target);
    target = bytesOf(target);
  }
  const { length } = this;

  if (targetStart === undefined) {
    targetStart = 0;
  } else {
    targetStart = toWhole(targetStart);
    if (targetStart < 0) throw new codes.ERR_OUT_OF_RANGE('targetStart', '>= 0', targetStart);
  }
  if (sourceStart === undefined) {
    sourceStart = 0;
  } else {
    sourceStart = toWhole(sourceStart);
    if (sourceStart < 0 || sourceStart > length) {
      throw new codes.ERR_OUT_OF_RANGE('sourceStart', `>= 0 && <= ${length}`, sourceStart);
    }
  }
  if (sourceEnd === undefined) {
    sourceEnd = length;
  } else {
    sourceEnd = toWhole(sourceEnd);
    if (sourceEnd < 0) throw new codes.ERR_OUT_OF_RANGE('sourceEnd', '>= 0', sourceEnd);
  }
  if (targetStart >= target.length || sourceStart >= sourceEnd) return 0;

  const count = Math.min(sourceEnd - sourceStart, length - sourceStart, target.length - targetStart);
  if (count <= SMALL) {
    copySmall(this, target, targetStart, sourceStart, count);
  } else {
    const source = count === length ? this : new Uint8Array(this.buffer, this.byteOffset + sourceStart, count);
    apply(set, target, [source, targetStart]);
  }
  return count;
}

/** What `fill` does once it is known what a string is encoded in. */
function fillBytes(buffer, value, offset, end, encoding) {
  if (typeof value === 'string') {
    if (offset === undefined || typeof offset === 'string') {
      encoding = offset;
      offset = 0;
      end = buffer.length;
    } else if (typeof end === 'string') {
      encoding = end;
      end = buffer.length;
    }
    if (normalizeEncoding(encoding) === undefined) {
      validateString(encoding, 'encoding');
      throw new codes.ERR_UNKNOWN_ENCODING(encoding);
    }
    if (value.length === 0) {
      value = 0;
    } else {
      const number = encoding ? encodingNumber(encoding) : UTF8;
      const code = value.charCodeAt(0);
      if (value.length === 1 && number === UTF8 && code < 0x80) value = code;
    }
  }

  if (offset === undefined) {
    offset = 0;
    end = buffer.length;
  } else {
    validateInteger(offset, 'offset', 0);
    if (end === undefined) end = buffer.length;
    else validateInteger(end, 'end', 0, buffer.length);
    if (offset >= end) return buffer;
  }

  if (typeof value !== 'string' && !ArrayBuffer.isView(value)) {
    return apply(fillNumber, buffer, [+value & 0xff, offset, end]);
  }
  const number = encoding ? encodingNumber(encoding) ?? UTF8 : UTF8;
  if (!ops.buffer_fill(buffer, value, number, offset, end)) throw new codes.ERR_INVALID_ARG_VALUE('value', value);
  return buffer;
}

function fill(value, offset, end, encoding) {
  return fillBytes(this, value, offset, end, encoding);
}

function swap(buffer, size) {
  const { length } = buffer;
  if (length % size !== 0) throw new codes.ERR_INVALID_BUFFER_SIZE(`${size * 8}-bits`);
  if (length > SMALL) {
    ops.buffer_swap(buffer, size);
    return buffer;
  }
  for (let start = 0; start < length; start += size) {
    for (let i = start, j = start + size - 1; i < j; i++, j--) {
      const byte = buffer[i];
      buffer[i] = buffer[j];
      buffer[j] = byte;
    }
  }
  return buffer;
}

function swap16() {
  return swap(this, 2);
}

function swap32() {
  return swap(this, 4);
}

function swap64() {
  return swap(this, 8);
}

module.exports = {
  compare, compareTwo, copy, equals, fill, fillBytes, includes, indexOf, lastIndexOf, swap16, swap32, swap64,
};
