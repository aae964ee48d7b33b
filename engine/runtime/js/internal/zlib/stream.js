'use strict';

// The stream that all classes of `zlib` are (https://nodejs.org/api/zlib.html#class-zlibzlibbase): what is written goes
// through a codec of the engine's, on a thread of the pool, one chunk of output at a time.

const { Transform } = require('internal/streams/transform');
const { codes } = require('internal/errors');
const { constants } = require('internal/zlib/constants');
const { validateFunction } = require('internal/validators');

const { Z_BLOCK, Z_NO_FLUSH, Z_MIN_CHUNK, Z_DEFAULT_CHUNK } = constants;
const kMaxLength = require('buffer').kMaxLength;
const kFlush = Symbol('kFlushFlag');
const kError = Symbol('kError');

/** Bytes that only say how to flush. */
const flushMarks = [];
for (let flush = Z_NO_FLUSH; flush <= Z_BLOCK; flush++) {
  flushMarks[flush] = Buffer.alloc(0);
  flushMarks[flush][kFlush] = flush;
}

/** The number in an option; its default when there is none. */
function checkedRange(value, name, least, most, usual) {
  if (!checkFinite(value, name)) return usual;
  if (value < least || value > most) throw new codes.ERR_OUT_OF_RANGE(name, `>= ${least} and <= ${most}`, value);
  return value;
}

function checkFinite(value, name) {
  if (value === undefined) return false;
  if (Number.isFinite(value)) return true;
  if (Number.isNaN(value)) return false;
  const { validateNumber } = require('internal/validators');
  validateNumber(value, name);
  throw new codes.ERR_OUT_OF_RANGE(name, 'a finite number', value);
}

function toDictionary(dictionary) {
  if (dictionary === undefined) return undefined;
  if (ArrayBuffer.isView(dictionary)) return dictionary;
  if (require('util').types.isAnyArrayBuffer(dictionary)) return Buffer.from(dictionary);
  throw new codes.ERR_INVALID_ARG_TYPE('options.dictionary', ['Buffer', 'TypedArray', 'DataView', 'ArrayBuffer'], dictionary);
}

/** What a codec refuses. */
function zlibError([message, code, errno]) {
  const error = new Error(message);
  error.errno = errno;
  error.code = code;
  return error;
}

function isRefusal(result) {
  return Array.isArray(result) && typeof result[0] === 'string';
}

/** A codec of the engine's. */
class Handle {
  #id;
  pending = false;
  closing = false;

  constructor(mode, numbers, dictionary, size, strictEnd) {
    const id = ops.zlib_open(mode, numbers, dictionary, size, strictEnd);
    if (isRefusal(id)) {
      const [message, code] = id;
      const isSaid = code === 'ERR_ZLIB_INITIALIZATION_FAILED';
      throw new codes.ERR_ZLIB_INITIALIZATION_FAILED(isSaid ? message : 'Initialization failed');
    }
    this.#id = id;
  }

  get isClosed() {
    return this.#id === 0;
  }

  stepSync(flush, input, room) {
    return ops.zlib_step(this.#id, flush, input, room, undefined);
  }

  step(flush, input, room, done) {
    this.pending = true;
    ops.zlib_step(this.#id, flush, input, room, (error, result) => {
      this.pending = false;
      // A stream that was closed meanwhile is given up now.
      if (this.closing) this.close();
      else done(error === null ? result : [error.message, error.code, error.errno]);
    });
  }

  tune(level, strategy) {
    return ops.zlib_tune(this.#id, level, strategy);
  }

  reset() {
    return ops.zlib_reset(this.#id);
  }

  close() {
    if (this.pending) {
      this.closing = true;
      return;
    }
    if (this.#id !== 0) ops.zlib_close(this.#id);
    this.#id = 0;
  }
}

/** `setup` has the mode, its numbers and how it flushes. */
function ZlibBase(options, setup) {
  let chunkSize = Z_DEFAULT_CHUNK;
  let maxOutputLength = kMaxLength;
  let { flush, finishFlush } = setup;
  if (options) {
    chunkSize = options.chunkSize;
    if (!checkFinite(chunkSize, 'options.chunkSize')) {
      chunkSize = Z_DEFAULT_CHUNK;
    } else if (chunkSize < Z_MIN_CHUNK) {
      throw new codes.ERR_OUT_OF_RANGE('options.chunkSize', `>= ${Z_MIN_CHUNK}`, chunkSize);
    }
    flush = checkedRange(options.flush, 'options.flush', setup.flush, setup.mostFlush, setup.flush);
    finishFlush = checkedRange(options.finishFlush, 'options.finishFlush', setup.flush, setup.mostFlush, setup.finishFlush);
    maxOutputLength = checkedRange(options.maxOutputLength, 'options.maxOutputLength', 1, kMaxLength, kMaxLength);
    if (options.encoding || options.objectMode || options.writableObjectMode) {
      options = { ...options, encoding: null, objectMode: false, writableObjectMode: false };
    }
  }
  Transform.call(this, { autoDestroy: true, ...options });
  this[kError] = null;
  this.bytesWritten = 0;
  this._handle = setup.open();
  this._chunkSize = chunkSize;
  this._defaultFlushFlag = flush;
  this._finishFlushFlag = finishFlush;
  this._defaultFullFlushFlag = setup.fullFlush;
  this._info = Boolean(options?.info);
  this._maxOutputLength = maxOutputLength;
}
Object.setPrototypeOf(ZlibBase.prototype, Transform.prototype);
Object.setPrototypeOf(ZlibBase, Transform);

Object.defineProperty(ZlibBase.prototype, '_closed', {
  __proto__: null,
  configurable: true,
  enumerable: true,
  get() {
    return !this._handle;
  },
});

Object.assign(ZlibBase.prototype, {
  reset() {
    if (!this._handle) throw new codes.ERR_INTERNAL_ASSERTION('zlib binding closed');
    const result = this._handle.reset();
    if (isRefusal(result)) this.destroy(zlibError(result));
  },

  _flush(callback) {
    this._transform(Buffer.alloc(0), '', callback);
  },

  _final(callback) {
    callback();
  },

  flush(kind, callback) {
    if (typeof kind === 'function' || (kind === undefined && !callback)) {
      callback = kind;
      kind = this._defaultFullFlushFlag;
    }
    if (this.writableFinished) {
      if (callback) process.nextTick(callback);
    } else if (this.writableEnded) {
      if (callback) this.once('end', callback);
    } else {
      this.write(flushMarks[kind], '', callback);
    }
  },

  close(callback) {
    if (callback) require('stream').finished(this, callback);
    this.destroy();
  },

  _destroy(error, callback) {
    this._handle?.close();
    this._handle = null;
    callback(error);
  },

  _transform(chunk, encoding, callback) {
    let flush = this._defaultFlushFlag;
    if (typeof chunk[kFlush] === 'number') flush = chunk[kFlush];
    // The last chunk is written to the end.
    else if (this.writableEnded && this.writableLength === chunk.byteLength) flush = later(flush, this._finishFlushFlag);
    work(this, chunk, flush, callback);
  },

  /** Everything at once; returns what comes out. */
  _processChunk(chunk, flush, callback) {
    if (typeof callback === 'function') work(this, chunk, flush, callback);
    else return processSync(this, chunk, flush);
    return undefined;
  },
});

/** Of two ways to flush, the one that writes out more. */
function later(one, other) {
  const rank = (flush) => [0, 1, 3, 4, 5, 2][flush] ?? 0;
  return rank(one) > rank(other) ? one : other;
}

function work(stream, chunk, flush, callback) {
  const handle = stream._handle;
  if (!handle) {
    process.nextTick(callback);
    return;
  }
  const onStep = (result) => {
    if (stream.destroyed) {
      callback();
      return;
    }
    if (isRefusal(result)) {
      stream.destroy(zlibError(result));
      stream[kError] = result[1];
      return;
    }
    const [bytes, used, ended] = result;
    stream.bytesWritten += used;
    chunk = chunk.subarray(used);
    const isFull = bytes.length === stream._chunkSize;
    let wantsMore = true;
    if (bytes.length > 0) wantsMore = stream.push(Buffer.from(bytes.buffer, 0, bytes.length));
    if (stream.destroyed) {
      callback();
    } else if (isFull || (chunk.length > 0 && used > 0 && !ended)) {
      if (wantsMore) {
        handle.step(flush, chunk, stream._chunkSize, onStep);
      } else {
        // The rest waits until somebody reads.
        const original = stream._read;
        stream._read = (size) => {
          stream._read = original;
          handle.step(flush, chunk, stream._chunkSize, onStep);
          stream._read(size);
        };
      }
    } else {
      if (ended && chunk.length > 0) stream.push(null);
      callback();
    }
  };
  handle.step(flush, chunk, stream._chunkSize, onStep);
}

function processSync(stream, chunk, flush) {
  const parts = [];
  let length = 0;
  const input = chunk;
  let rest = chunk;
  for (;;) {
    const result = stream._handle.stepSync(flush, rest, stream._chunkSize);
    if (isRefusal(result)) {
      stream._handle.close();
      stream._handle = null;
      throw zlibError(result);
    }
    const [bytes, used, ended] = result;
    stream.bytesWritten += used;
    rest = rest.subarray(used);
    length += bytes.length;
    if (length > stream._maxOutputLength) {
      stream._handle.close();
      stream._handle = null;
      throw new codes.ERR_BUFFER_TOO_LARGE(stream._maxOutputLength);
    }
    if (bytes.length > 0) parts.push(Buffer.from(bytes.buffer, 0, bytes.length));
    const isFull = bytes.length === stream._chunkSize;
    if (!isFull && (ended || rest.length === 0 || used === 0)) break;
  }
  stream.bytesWritten = input.byteLength;
  return parts.length === 1 ? parts[0] : Buffer.concat(parts, length);
}

/** All of `buffer` through `stream`, without waiting. */
function runSync(stream, buffer) {
  if (typeof buffer === 'string') {
    buffer = Buffer.from(buffer);
  } else if (!ArrayBuffer.isView(buffer)) {
    if (!require('util').types.isAnyArrayBuffer(buffer)) {
      throw new codes.ERR_INVALID_ARG_TYPE('buffer', ['string', 'Buffer', 'TypedArray', 'DataView', 'ArrayBuffer'], buffer);
    }
    buffer = Buffer.from(buffer);
  } else {
    buffer = new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.byteLength);
  }
  const output = processSync(stream, buffer, stream._finishFlushFlag);
  stream._handle?.close();
  stream._handle = null;
  return stream._info ? { buffer: output, engine: stream } : output;
}

/** All of `buffer` through `stream`; the callback gets what came out. */
function runLater(stream, buffer, callback) {
  validateFunction(callback, 'callback');
  if (require('util').types.isAnyArrayBuffer(buffer)) buffer = Buffer.from(buffer);
  const parts = [];
  let length = 0;
  stream.on('data', (part) => {
    parts.push(part);
    length += part.length;
    if (length > stream._maxOutputLength) {
      stream.close();
      stream.removeAllListeners('end');
      callback(new codes.ERR_BUFFER_TOO_LARGE(stream._maxOutputLength));
    }
  });
  stream.on('error', (error) => callback(error));
  stream.on('end', () => {
    const output = parts.length === 1 ? parts[0] : Buffer.concat(parts, length);
    stream.close();
    callback(null, stream._info ? { buffer: output, engine: stream } : output);
  });
  stream.end(buffer);
}

module.exports = { Handle, ZlibBase, checkedRange, isRefusal, runLater, runSync, toDictionary, zlibError };
