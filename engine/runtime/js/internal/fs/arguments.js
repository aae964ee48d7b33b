'use strict';

// Arguments of `fs`: paths, descriptors, flags, options, times (https://nodejs.org/api/fs.html).

const { codes } = require('internal/errors');
const {
  parseFileMode,
  validateAbortSignal,
  validateBoolean,
  validateFunction,
  validateInt32,
  validateInteger,
  validateObject,
  validateUint32,
} = require('internal/validators');
const { constants } = require('internal/fs/constants');

const { ERR_INCOMPATIBLE_OPTION_PAIR, ERR_INVALID_ARG_TYPE, ERR_INVALID_ARG_VALUE, ERR_OUT_OF_RANGE } = codes;
const { O_APPEND, O_CREAT, O_EXCL, O_RDONLY, O_RDWR, O_SYNC, O_TRUNC, O_WRONLY } = constants;

const MAX_FD = 2 ** 31 - 1;
/** The most bytes one call reads or writes. */
const MAX_IO = 2 ** 31 - 1;

const FLAGS = {
  __proto__: null,
  r: O_RDONLY,
  rs: O_RDONLY | O_SYNC,
  sr: O_RDONLY | O_SYNC,
  'r+': O_RDWR,
  'rs+': O_RDWR | O_SYNC,
  'sr+': O_RDWR | O_SYNC,
  w: O_TRUNC | O_CREAT | O_WRONLY,
  wx: O_TRUNC | O_CREAT | O_WRONLY | O_EXCL,
  xw: O_TRUNC | O_CREAT | O_WRONLY | O_EXCL,
  'w+': O_TRUNC | O_CREAT | O_RDWR,
  'wx+': O_TRUNC | O_CREAT | O_RDWR | O_EXCL,
  'xw+': O_TRUNC | O_CREAT | O_RDWR | O_EXCL,
  a: O_APPEND | O_CREAT | O_WRONLY,
  ax: O_APPEND | O_CREAT | O_WRONLY | O_EXCL,
  xa: O_APPEND | O_CREAT | O_WRONLY | O_EXCL,
  as: O_APPEND | O_CREAT | O_WRONLY | O_SYNC,
  sa: O_APPEND | O_CREAT | O_WRONLY | O_SYNC,
  'a+': O_APPEND | O_CREAT | O_RDWR,
  'ax+': O_APPEND | O_CREAT | O_RDWR | O_EXCL,
  'xa+': O_APPEND | O_CREAT | O_RDWR | O_EXCL,
  'as+': O_APPEND | O_CREAT | O_RDWR | O_SYNC,
  'sa+': O_APPEND | O_CREAT | O_RDWR | O_SYNC,
};

/** A callback, under the name it has in messages. */
function checkCallback(callback) {
  if (typeof callback !== 'function') throw new ERR_INVALID_ARG_TYPE('cb', 'Function', callback);
  return callback;
}

/** A path as text or bytes; URLs are turned into paths. */
function toPath(value, name = 'path') {
  if (typeof value === 'string') {
    if (value.includes('\0')) throw nullBytes(name, value);
    return value;
  }
  if (value instanceof Uint8Array) {
    if (value.includes(0)) throw nullBytes(name, value);
    return value;
  }
  if (value !== null && typeof value === 'object' && value.href !== undefined) {
    const { isURL, toPathIfFileURL } = require('internal/url');
    if (isURL(value)) return toPath(toPathIfFileURL(value), name);
  }
  throw new ERR_INVALID_ARG_TYPE(name, ['string', 'Buffer', 'URL'], value);
}

function nullBytes(name, value) {
  return new ERR_INVALID_ARG_VALUE(name, value, 'must be a string, Uint8Array, or URL without null bytes');
}

/** Whether a value can be a descriptor rather than a path. */
function isFd(value) {
  return (value >>> 0) === value && value <= MAX_FD;
}

/** A descriptor. */
function toFd(fd) {
  if (Object.is(fd, -0)) return 0;
  validateInt32(fd, 'fd', 0, MAX_FD);
  return fd;
}

/** `O_*` flags from a number or a text like `r+`. */
function toFlags(flags, name = 'flags') {
  if (typeof flags === 'number') {
    validateInt32(flags, name);
    return flags;
  }
  if (flags === undefined || flags === null) return O_RDONLY;
  const number = typeof flags === 'string' ? FLAGS[flags] : undefined;
  if (number === undefined) throw new ERR_INVALID_ARG_VALUE(name, flags);
  return number;
}

/** Permission bits. */
function toMode(mode, name = 'mode', fallback = undefined) {
  return parseFileMode(mode, name, fallback);
}

/** A mode of `access` or `copyFile`: bits up to `max`. */
function toBits(mode, max) {
  if (mode === undefined || mode === null) return 0;
  if (typeof mode !== 'number') throw coded(TypeError, 'ERR_INVALID_ARG_TYPE', 'mode must be int32 or null/undefined');
  if (!Number.isFinite(mode)) throw coded(RangeError, 'ERR_OUT_OF_RANGE', 'mode is out of range');
  const bits = Math.trunc(mode);
  if (bits < 0 || bits > max) {
    throw coded(RangeError, 'ERR_OUT_OF_RANGE', `mode is out of range: >= 0 && <= ${max}`);
  }
  return bits;
}

/** An error as Node's native side makes it: the code is a mere property. */
function coded(Base, code, message) {
  const error = new Base(message);
  error.code = code;
  return error;
}

function checkEncoding(encoding) {
  if (!encoding || encoding === 'utf8' || encoding === 'utf-8') return;
  if (!require('buffer').Buffer.isEncoding(encoding)) {
    throw new ERR_INVALID_ARG_VALUE('encoding', encoding, 'is invalid encoding');
  }
}

const NO_OPTIONS = Object.freeze({ __proto__: null });

// Defaults → the options with the encoding that was named last: most calls name the same one again.
const lastByEncoding = new Map();

/** Options from an object or the name of an encoding; not to be changed. */
function toOptions(options, defaults = NO_OPTIONS) {
  if (options === undefined || options === null || typeof options === 'function') return defaults;
  if (typeof options === 'string') {
    const last = lastByEncoding.get(defaults);
    if (last !== undefined && last.encoding === options) return last;
    if (options !== 'buffer') checkEncoding(options);
    const all = Object.freeze({ __proto__: null, ...defaults, encoding: options });
    lastByEncoding.set(defaults, all);
    return all;
  }
  if (typeof options !== 'object') throw new ERR_INVALID_ARG_TYPE('options', ['string', 'Object'], options);
  const { encoding, signal } = options;
  if (encoding !== 'buffer') checkEncoding(encoding);
  if (signal !== undefined) validateAbortSignal(signal, 'options.signal');
  const all = { __proto__: null, ...defaults };
  // What they inherit counts, too.
  for (const name in options) all[name] = options[name];
  return all;
}

/** Seconds from a number, a text with one, or a Date. */
function toSeconds(time, name = 'time') {
  if (typeof time === 'string' && +time == time) return +time;
  if (Number.isFinite(time)) return time < 0 ? Date.now() / 1000 : time;
  if (time instanceof Date) return time.getTime() / 1000;
  throw new ERR_INVALID_ARG_TYPE(name, ['Date', 'Time in seconds'], time);
}

/** Whether a file name in this encoding is asked of the system as text. */
function isText(encoding) {
  return !encoding || encoding === 'utf8' || encoding === 'utf-8';
}

/** A file name, which came as text or bytes as `isText` said, in its encoding. */
function toName(name, encoding) {
  if (typeof name === 'string') return name;
  const buffer = toBuffer(name);
  return encoding === 'buffer' ? buffer : buffer.toString(encoding);
}

/** Bytes that came from the system, as a Buffer. */
function toBuffer(bytes) {
  return Object.setPrototypeOf(bytes, require('buffer').Buffer.prototype);
}

/** Where in the file: a number, a bigint, or nothing for the descriptor's own position. */
function toPosition(position, length = 0) {
  if (position === undefined || position === null || position === -1) return null;
  if (typeof position === 'bigint') {
    if (position === -1n) return null;
    const last = 2n ** 63n - 1n - BigInt(length);
    if (position < -1n || position > last) {
      throw new ERR_OUT_OF_RANGE('position', `>= -1 && <= ${last}`, position);
    }
    return position;
  }
  if (typeof position !== 'number') throw new ERR_INVALID_ARG_TYPE('position', ['integer', 'bigint'], position);
  validateInteger(position, 'position', -1);
  return position;
}

/** Checks that `length` bytes fit into a view of `byteLength` bytes from `offset` on. */
function checkRoom(offset, length, byteLength) {
  if (offset < 0) throw new ERR_OUT_OF_RANGE('offset', '>= 0', offset);
  if (length < 0) throw new ERR_OUT_OF_RANGE('length', '>= 0', length);
  if (length > byteLength - offset) throw new ERR_OUT_OF_RANGE('length', `<= ${byteLength - offset}`, length);
}

/** Checks that `length` bytes can be taken out of a view of `byteLength` bytes from `offset` on. */
function checkPiece(offset, length, byteLength) {
  if (offset > byteLength) throw new ERR_OUT_OF_RANGE('offset', `<= ${byteLength}`, offset);
  if (length > byteLength - offset) throw new ERR_OUT_OF_RANGE('length', `<= ${byteLength - offset}`, length);
  if (length < 0) throw new ERR_OUT_OF_RANGE('length', '>= 0', length);
  validateInt32(length, 'length', 0);
}

/** Text or bytes to write. */
function checkContent(data, name) {
  if (typeof data !== 'string' && !ArrayBuffer.isView(data)) {
    throw new ERR_INVALID_ARG_TYPE(name, ['string', 'Buffer', 'TypedArray', 'DataView'], data);
  }
}

/** Text in an encoding other than UTF-8 as bytes; everything else as it is. */
function encoded(data, encoding) {
  if (typeof data !== 'string' || isText(encoding)) return data;
  return require('buffer').Buffer.from(data, encoding);
}

/** A list of views, for readv and writev. */
function checkViews(buffers) {
  if (!Array.isArray(buffers)) throw new ERR_INVALID_ARG_TYPE('buffers', 'ArrayBufferView[]', buffers);
  for (let i = 0; i < buffers.length; i++) {
    if (!ArrayBuffer.isView(buffers[i])) throw new ERR_INVALID_ARG_TYPE('buffers', 'ArrayBufferView[]', buffers);
  }
}

const RM_DEFAULTS = Object.freeze({
  recursive: false, force: false, retryDelay: 100, maxRetries: 0,
});

/** Options of `rm`, complete. */
function toRmOptions(options) {
  if (options === undefined) return RM_DEFAULTS;
  validateObject(options, 'options');
  options = { ...RM_DEFAULTS, ...options };
  validateBoolean(options.recursive, 'options.recursive');
  validateBoolean(options.force, 'options.force');
  validateInt32(options.retryDelay, 'options.retryDelay', 0);
  validateUint32(options.maxRetries, 'options.maxRetries');
  return options;
}

const CP_DEFAULTS = Object.freeze({
  dereference: false,
  errorOnExist: false,
  filter: undefined,
  force: true,
  preserveTimestamps: false,
  recursive: false,
  verbatimSymlinks: false,
});

/** Options of `cp`, complete. */
function toCpOptions(options) {
  if (options === undefined) return { ...CP_DEFAULTS, mode: 0 };
  validateObject(options, 'options');
  options = { ...CP_DEFAULTS, ...options };
  for (const name of [
    'dereference', 'errorOnExist', 'force', 'preserveTimestamps', 'recursive', 'verbatimSymlinks',
  ]) {
    validateBoolean(options[name], `options.${name}`);
  }
  options.mode ??= 0;
  validateInteger(options.mode, 'mode', 0, 7);
  if (options.dereference && options.verbatimSymlinks) {
    throw new ERR_INCOMPATIBLE_OPTION_PAIR('dereference', 'verbatimSymlinks');
  }
  if (options.filter !== undefined) validateFunction(options.filter, 'options.filter');
  return options;
}

module.exports = {
  MAX_IO,
  checkCallback,
  checkContent,
  checkPiece,
  checkRoom,
  checkViews,
  encoded,
  isFd,
  isText,
  toBits,
  toBuffer,
  toCpOptions,
  toFd,
  toFlags,
  toMode,
  toName,
  toOptions,
  toPath,
  toPosition,
  toRmOptions,
  toSeconds,
};
