'use strict';

// The module `buffer` (https://nodejs.org/api/buffer.html): the class Buffer, put together from the parts under
// `internal/buffer`, and functions on bytes and base64.

const { codes } = require('internal/errors');
const { FastBuffer, isAnyArrayBuffer, settings, typedArrayTag } = require('internal/buffer/base');
const create = require('internal/buffer/create');
const { addBigIntMethods, addFloatMethods } = require('internal/buffer/floats');
const { addIntegerMethods } = require('internal/buffer/integers');
const search = require('internal/buffer/search');
const { MAX_STRING_LENGTH, addEncodingMethods, toString, writeText } = require('internal/buffer/text');

const { apply } = Reflect;
const inspectCustom = Symbol.for('nodejs.util.inspect.custom');
const typedArray = Object.getPrototypeOf(Uint8Array.prototype);
const lengthOf = Object.getOwnPropertyDescriptor(typedArray, 'length').get;

let warned = false;

function warnOfConstructor() {
  if (warned || process.noDeprecation === true) return;
  // Packages are not the script's to repair.
  if (!require('internal/options').tellsPendingDeprecations() && /[/\\]node_modules[/\\]/i.test(new Error().stack)) return;
  warned = true;
  process.emitWarning(
    'Buffer() is deprecated due to security and usability issues. Please use the Buffer.alloc(), ' +
      'Buffer.allocUnsafe(), or Buffer.from() methods instead.',
    'DeprecationWarning',
    'DEP0005',
    Buffer,
  );
}

/** The deprecated constructor, also without `new`. */
function Buffer(arg, encodingOrOffset, length) {
  warnOfConstructor();
  if (typeof arg === 'number') {
    if (typeof encodingOrOffset === 'string') throw new codes.ERR_INVALID_ARG_TYPE('string', 'string', arg);
    return Buffer.alloc(arg);
  }
  return Buffer.from(arg, encodingOrOffset, length);
}

Buffer.prototype = FastBuffer.prototype;
Object.defineProperty(Buffer.prototype, 'constructor', {
  __proto__: null, value: Buffer, writable: true, configurable: true,
});
Object.setPrototypeOf(Buffer, Uint8Array);

Buffer.poolSize = 64 * 1024;
settings.owner = Buffer;
Buffer.from = create.from;
Buffer.copyBytesFrom = create.copyBytesFrom;
Buffer.of = create.of;
Buffer.alloc = create.alloc;
Buffer.allocUnsafe = create.allocUnsafe;
Buffer.allocUnsafeSlow = create.allocUnsafeSlow;
Buffer.isBuffer = function isBuffer(value) {
  return value instanceof Buffer;
};
Buffer.compare = function compare(buf1, buf2) {
  return search.compareTwo(buf1, buf2);
};
Buffer.isEncoding = create.isEncoding;
Buffer.concat = create.concat;
Buffer.byteLength = create.byteLength;
Object.defineProperty(Buffer, Symbol.species, {
  __proto__: null,
  configurable: true,
  enumerable: false,
  get() {
    return FastBuffer;
  },
});

const proto = Buffer.prototype;

function inspect(recurseTimes, ctx) {
  return apply(require('internal/buffer/inspect').inspect, this, [recurseTimes, ctx]);
}

function toJSON() {
  const length = apply(lengthOf, this, []);
  const data = new Array(length);
  for (let i = 0; i < length; i++) data[i] = this[i];
  return { type: 'Buffer', data };
}

/** A position as `slice` takes it: from the end when negative, within the bytes. */
function toPosition(value, length) {
  value = Math.trunc(value);
  if (value === 0 || Number.isNaN(value)) return 0;
  if (value < 0) return Math.max(value + length, 0);
  return Math.min(value, length);
}

function part(buffer, start, end) {
  const { length } = buffer;
  start = toPosition(start, length);
  const stop = end === undefined ? length : toPosition(end, length);
  return new FastBuffer(buffer.buffer, buffer.byteOffset + start, stop > start ? stop - start : 0);
}

function subarray(start, end) {
  return part(this, start, end);
}

function slice(start, end) {
  return this.subarray(start, end);
}

addBigIntMethods(proto);
addIntegerMethods(proto);
addFloatMethods(proto);
addEncodingMethods(proto);
for (const [name, property] of [['parent', 'buffer'], ['offset', 'byteOffset']]) {
  Object.defineProperty(proto, name, {
    __proto__: null,
    enumerable: true,
    get() {
      return this instanceof Buffer && this !== proto ? this[property] : undefined;
    },
  });
}
Object.assign(proto, {
  copy: search.copy,
  toString,
  equals: search.equals,
  inspect,
  compare: search.compare,
  indexOf: search.indexOf,
  lastIndexOf: search.lastIndexOf,
  includes: search.includes,
  fill: search.fill,
  write: writeText,
  toJSON,
  subarray,
  slice,
  swap16: search.swap16,
  swap32: search.swap32,
  swap64: search.swap64,
  toLocaleString: toString,
  [inspectCustom]: inspect,
});

function viewOfInput(input) {
  if (isAnyArrayBuffer(input)) return input.detached ? new Uint8Array() : new Uint8Array(input);
  if (apply(typedArrayTag, input, []) !== undefined) return input;
  throw new codes.ERR_INVALID_ARG_TYPE('input', ['ArrayBuffer', 'Buffer', 'TypedArray'], input);
}

/** Whether bytes are UTF-8. */
function isUtf8(input) {
  return ops.buffer_is_utf8(viewOfInput(input));
}

/** Whether bytes are ASCII. */
function isAscii(input) {
  return ops.buffer_is_ascii(viewOfInput(input));
}

function invalidCharacter(message, caller) {
  const { DOMException } = require('internal/dom_exception');
  const error = new DOMException(message, 'InvalidCharacterError');
  Error.captureStackTrace(error, caller);
  return error;
}

/** Base64 of a text whose characters are bytes. */
function btoa(input) {
  if (arguments.length === 0) throw new codes.ERR_MISSING_ARGS('input');
  const text = ops.buffer_btoa(`${input}`);
  if (text === undefined) throw invalidCharacter('Invalid character', btoa);
  return text;
}

/** The bytes of base64, each as a character. */
function atob(input) {
  if (arguments.length === 0) throw new codes.ERR_MISSING_ARGS('input');
  const text = ops.buffer_atob(`${input}`);
  if (text === 1) throw invalidCharacter('Invalid character', atob);
  if (text === 2) throw invalidCharacter('The string to be decoded is not correctly encoded.', atob);
  return text;
}

function transcode(source, fromEncoding, toEncoding) {
  return require('internal/buffer/transcode').transcode(source, fromEncoding, toEncoding);
}

function resolveObjectURL(url) {
  return require('internal/blob').resolveObjectURL(url);
}

const constants = Object.defineProperties({}, {
  MAX_LENGTH: { __proto__: null, value: create.MAX_LENGTH, enumerable: true },
  MAX_STRING_LENGTH: { __proto__: null, value: MAX_STRING_LENGTH, enumerable: true },
});

Object.assign(module.exports, {
  Buffer,
  transcode,
  isUtf8,
  isAscii,
  kMaxLength: create.MAX_LENGTH,
  kStringMaxLength: MAX_STRING_LENGTH,
  btoa,
  atob,
});

Object.defineProperty(module.exports, 'constants', { __proto__: null, value: constants, enumerable: true });
Object.defineProperty(module.exports, 'INSPECT_MAX_BYTES', {
  __proto__: null,
  configurable: true,
  enumerable: true,
  get: () => require('internal/buffer/inspect').getMaxBytes(),
  set: (value) => require('internal/buffer/inspect').setMaxBytes(value),
});
ops.util_lazy_property(module.exports, 'Blob', () => require('internal/blob').Blob, true);
module.exports.resolveObjectURL = resolveObjectURL;
ops.util_lazy_property(module.exports, 'File', () => require('internal/file').File, true);
