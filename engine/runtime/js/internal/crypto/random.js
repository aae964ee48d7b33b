'use strict';

// Random bytes, numbers and UUIDs (https://nodejs.org/api/crypto.html#cryptorandombytessize-callback).

const { Buffer } = require('buffer');
const { codes } = require('internal/errors');
const nativeErrors = require('internal/crypto/native_errors');
const { isAnyArrayBuffer } = require('internal/buffer/base');
const { validateBoolean, validateFunction, validateNumber, validateObject } = require('internal/validators');
const { toBuffer, toView } = require('internal/crypto/util');

const { isView } = ArrayBuffer;

const MAX_INT32 = 2 ** 31 - 1;
const MAX_RANGE = 2 ** 48 - 1;
/** Numbers of `randomInt` are made of this many bytes; several are fetched at once. */
const INT_BYTES = 6;
const CACHED_INTS = 512;

function checkOffset(offset, size, length) {
  validateNumber(offset, 'offset');
  offset *= size;
  if (Number.isNaN(offset) || offset > Math.min(length, MAX_INT32) || offset < 0) {
    throw new codes.ERR_OUT_OF_RANGE('offset', `>= 0 && <= ${Math.min(length, MAX_INT32)}`, offset);
  }
  return offset >>> 0;
}

function checkSize(value, size, offset, length) {
  validateNumber(value, 'size');
  value *= size;
  if (Number.isNaN(value) || value > MAX_INT32 || value < 0) {
    throw new codes.ERR_OUT_OF_RANGE('size', `>= 0 && <= ${MAX_INT32}`, value);
  }
  if (value + offset > length) throw new codes.ERR_OUT_OF_RANGE('size + offset', `<= ${length}`, value + offset);
  return value >>> 0;
}

function randomBytes(size, callback) {
  size = checkSize(size, 1, 0, Infinity);
  if (callback !== undefined) validateFunction(callback, 'callback');
  if (callback === undefined) {
    const bytes = Buffer.allocUnsafeSlow(size);
    if (size > 0) ops.crypto_random_fill(bytes);
    return bytes;
  }
  const { marked } = require('internal/fs/callbacks');
  const done = (error, bytes) => {
    if (error) callback(error);
    else callback(null, toBuffer(bytes));
  };
  ops.crypto_random_bytes(size, marked(done, callback));
}

/** The part of a view or ArrayBuffer that offset and size, in its elements, mean; in bytes. */
function part(buf, offset, size) {
  if (!isAnyArrayBuffer(buf) && !isView(buf)) {
    throw new codes.ERR_INVALID_ARG_TYPE('buf', ['ArrayBuffer', 'ArrayBufferView'], buf);
  }
  const elementSize = buf.BYTES_PER_ELEMENT || 1;
  offset = checkOffset(offset, elementSize, buf.byteLength);
  size = size === undefined ? buf.byteLength - offset : checkSize(size, elementSize, offset, buf.byteLength);
  const view = toView(buf);
  return new Uint8Array(view.buffer, view.byteOffset + offset, size);
}

function randomFillSync(buf, offset = 0, size = undefined) {
  const target = part(buf, offset, size);
  if (target.length > 0) ops.crypto_random_fill(target);
  return buf;
}

function randomFill(buf, offset, size, callback) {
  if (!isAnyArrayBuffer(buf) && !isView(buf)) {
    throw new codes.ERR_INVALID_ARG_TYPE('buf', ['ArrayBuffer', 'ArrayBufferView'], buf);
  }
  if (typeof offset === 'function') {
    callback = offset;
    offset = 0;
    size = undefined;
  } else if (typeof size === 'function') {
    callback = size;
    size = undefined;
  } else {
    validateFunction(callback, 'callback');
  }
  const target = part(buf, offset, size);
  if (target.length === 0) {
    callback(null, buf);
    return;
  }
  const { marked } = require('internal/fs/callbacks');
  const done = (error, bytes) => {
    if (error) {
      callback(error);
      return;
    }
    target.set(bytes);
    callback(null, buf);
  };
  ops.crypto_random_bytes(target.length, marked(done, callback));
}

let ints;
let intsUsed = 0;

/** A whole number of 48 random bits. */
function random48() {
  if (ints === undefined || intsUsed === ints.length) {
    ints ??= Buffer.allocUnsafeSlow(INT_BYTES * CACHED_INTS);
    ops.crypto_random_fill(ints);
    intsUsed = 0;
  }
  const number = ints.readUIntBE(intsUsed, INT_BYTES);
  intsUsed += INT_BYTES;
  return number;
}

function randomInt(min, max, callback) {
  const minOmitted = max === undefined || typeof max === 'function';
  if (minOmitted) {
    callback = max;
    max = min;
    min = 0;
  }
  const isSync = callback === undefined;
  if (!isSync) validateFunction(callback, 'callback');
  if (!Number.isSafeInteger(min)) throw new codes.ERR_INVALID_ARG_TYPE('min', 'a safe integer', min);
  if (!Number.isSafeInteger(max)) throw new codes.ERR_INVALID_ARG_TYPE('max', 'a safe integer', max);
  if (max <= min) throw new codes.ERR_OUT_OF_RANGE('max', `greater than the value of "min" (${min})`, max);
  const range = max - min;
  if (!(range <= MAX_RANGE)) {
    if (minOmitted) throw new codes.ERR_OUT_OF_RANGE('max', `<= ${MAX_RANGE}`, max);
    throw new codes.ERR_OUT_OF_RANGE('max - min', `<= ${MAX_RANGE}`, range);
  }
  // Numbers at the end of the range are thrown away, or the first ones would come more often.
  const limit = MAX_RANGE - (MAX_RANGE % range);
  let number = random48();
  while (number >= limit) number = random48();
  number = (number % range) + min;
  if (isSync) return number;
  process.nextTick(callback, undefined, number);
}

const UUIDS_CACHED = 128;
let uuidBytes;
let uuidsUsed = UUIDS_CACHED;

function serialized(bytes, start) {
  const digits = bytes.hexSlice(start, start + 16);
  return (
    `${digits.slice(0, 8)}-${digits.slice(8, 12)}-${digits.slice(12, 16)}-` +
    `${digits.slice(16, 20)}-${digits.slice(20)}`
  );
}

function uuidOptions(options) {
  if (options === undefined) return undefined;
  validateObject(options, 'options');
  const { disableEntropyCache = false } = options;
  validateBoolean(disableEntropyCache, 'options.disableEntropyCache');
  return options;
}

/** 16 random bytes: from a store of them, or fresh ones. Returns where they stand in `uuidBytes`. */
function uuidRandom(options) {
  if (options?.disableEntropyCache) {
    const fresh = Buffer.allocUnsafeSlow(16);
    ops.crypto_random_fill(fresh);
    return [fresh, 0];
  }
  if (uuidsUsed === UUIDS_CACHED) {
    uuidBytes ??= Buffer.allocUnsafeSlow(16 * UUIDS_CACHED);
    ops.crypto_random_fill(uuidBytes);
    uuidsUsed = 0;
  }
  return [uuidBytes, 16 * uuidsUsed++];
}

/** Version 4: all random (RFC 9562). */
function randomUUID(options) {
  const [bytes, start] = uuidRandom(uuidOptions(options));
  bytes[start + 6] = (bytes[start + 6] & 0x0f) | 0x40;
  bytes[start + 8] = (bytes[start + 8] & 0x3f) | 0x80;
  return serialized(bytes, start);
}

let lastMillisecond = -1;
let sequence = 0;

/** Version 7: milliseconds first (RFC 9562); with `monotonic`, then a counter. */
function randomUUIDv7(options) {
  uuidOptions(options);
  const { monotonic = false } = options ?? {};
  validateBoolean(monotonic, 'options.monotonic');
  const [bytes, start] = uuidRandom(options);
  let now = Date.now();
  if (monotonic) {
    if (now > lastMillisecond) {
      lastMillisecond = now;
      sequence = bytes.readUInt16BE(start + 6) & 0x7ff;
    } else {
      sequence += 1;
      if (sequence > 0xfff) {
        lastMillisecond += 1;
        sequence = 0;
      }
      now = lastMillisecond;
    }
    bytes.writeUInt16BE(sequence, start + 6);
  }
  bytes.writeUIntBE(now, start, 6);
  bytes[start + 6] = (bytes[start + 6] & 0x0f) | 0x70;
  bytes[start + 8] = (bytes[start + 8] & 0x3f) | 0x80;
  return serialized(bytes, start);
}

/** Whether two pieces of memory have the same bytes, in a time that does not say where they differ. */
function timingSafeEqual(buf1, buf2) {
  if (!isAnyArrayBuffer(buf1) && !isView(buf1)) throw notBytes('buf1');
  if (!isAnyArrayBuffer(buf2) && !isView(buf2)) throw notBytes('buf2');
  if (buf1.byteLength !== buf2.byteLength) throw new nativeErrors.ERR_CRYPTO_TIMING_SAFE_EQUAL_LENGTH();
  return ops.crypto_equal(toView(buf1), toView(buf2));
}

function notBytes(name) {
  const error = new TypeError(
    `The "${name}" argument must be an instance of ArrayBuffer, Buffer, TypedArray, or DataView.`,
  );
  error.code = 'ERR_INVALID_ARG_TYPE';
  return error;
}

module.exports = { randomBytes, randomFill, randomFillSync, randomInt, randomUUID, randomUUIDv7, timingSafeEqual };
