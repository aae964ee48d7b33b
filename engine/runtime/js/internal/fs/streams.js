'use strict';

// Streams of files (https://nodejs.org/api/fs.html#class-fsreadstream).

const { codes } = require('internal/errors');
const { validateBoolean, validateFunction, validateInteger } = require('internal/validators');
const { toFd, toOptions, toPath } = require('internal/fs/arguments');
const { read, readNew } = require('internal/fs/descriptors');
const { FileHandle, kRef, kUnref } = require('internal/fs/file_handle');
const { Readable, Writable, finished } = require('stream');
const { errorOrDestroy } = require('internal/streams/destroy');

const { ERR_INVALID_ARG_TYPE, ERR_METHOD_NOT_IMPLEMENTED, ERR_OUT_OF_RANGE } = codes;
const READ_SIZE = 64 * 1024;
// More is asked of the engine first, which can refuse.
const LARGEST_NEW = 16 * 1024 * 1024;

const kFs = Symbol('kFs');
const kIsPerformingIO = Symbol('kIsPerformingIO');
const kHandle = Symbol('kHandle');
const kIoDone = Symbol('kIoDone');

// Functions without a name, as Node's are.
const unnamed = (method) => method;

/** The functions of `fs` that a stream uses, on a FileHandle. */
function operationsOf(handle) {
  return {
    open() {
      throw new ERR_METHOD_NOT_IMPLEMENTED('open()');
    },
    close(_fd, callback) {
      handle[kUnref]();
      handle.close().then(() => callback(), callback);
    },
    fsync(_fd, callback) {
      handle.sync().then(() => callback(), callback);
    },
    read(_fd, buffer, offset, length, position, callback) {
      handle.read(buffer, offset, length, position).then(
        (result) => callback(null, result.bytesRead, result.buffer),
        (error) => callback(error, 0, buffer),
      );
    },
    write(_fd, buffer, offset, length, position, callback) {
      handle.write(buffer, offset, length, position).then(
        (result) => callback(null, result.bytesWritten, result.buffer),
        (error) => callback(error, 0, buffer),
      );
    },
    writev(_fd, buffers, position, callback) {
      handle.writev(buffers, position).then(
        (result) => callback(null, result.bytesWritten, result.buffers),
        (error) => callback(error, 0, buffers),
      );
    },
  };
}

/** Takes over an open file: a descriptor or a FileHandle. Returns the descriptor. */
function adopt(stream, options) {
  const { fd } = options;
  if (typeof fd === 'number') {
    stream[kFs] = options.fs || require('fs');
    return toFd(fd);
  }
  if (!(fd instanceof FileHandle)) throw new ERR_INVALID_ARG_TYPE('options.fd', ['number', 'FileHandle'], fd);
  if (options.fs) throw new ERR_METHOD_NOT_IMPLEMENTED('FileHandle with fs');
  stream[kHandle] = fd;
  stream[kFs] = operationsOf(fd);
  fd[kRef]();
  fd.on('close', stream.close.bind(stream));
  return toFd(fd.fd);
}

/** For streams that have a method `open` of their own: what it emits says how that went. */
function constructByOpen(stream, callback) {
  const { emit } = stream;
  stream.emit = function (name, ...args) {
    if (name === 'open' || name === 'error') {
      stream.emit = emit;
      callback(name === 'error' ? args[0] : undefined);
      // The stream itself emits the error.
      if (name === 'error') return true;
    }
    return Reflect.apply(emit, this, [name, ...args]);
  };
  stream.open();
}

function _construct(callback) {
  if (typeof this.fd === 'number') {
    callback();
    return;
  }
  if (typeof this.open === 'function') {
    constructByOpen(this, callback);
    return;
  }
  this[kFs].open(this.path, this.flags, this.mode, (error, fd) => {
    if (error) {
      callback(error);
      return;
    }
    this.fd = fd;
    callback();
    this.emit('open', this.fd);
    this.emit('ready');
  });
}

function finishClose(stream, error, callback) {
  stream[kFs].close(stream.fd, (failed) => callback(failed || error));
  stream.fd = null;
}

function close(stream, error, callback) {
  if (!stream.fd) callback(error);
  else if (stream.flush) stream[kFs].fsync(stream.fd, (failed) => finishClose(stream, error || failed, callback));
  else finishClose(stream, error, callback);
}

/** Closes the file once the running operation is done. */
function destroy(stream, error, callback) {
  if (stream[kIsPerformingIO]) stream.once(kIoDone, (failed) => close(stream, error || failed, callback));
  else close(stream, error, callback);
}

/** Marks the end of an operation; true when the stream was destroyed meanwhile. */
function performed(stream, error) {
  stream[kIsPerformingIO] = false;
  if (!stream.destroyed) return false;
  stream.emit(kIoDone, error);
  return true;
}

function ReadStream(path, options) {
  if (!(this instanceof ReadStream)) return new ReadStream(path, options);
  options = { ...toOptions(options) };
  if (options.highWaterMark === undefined) options.highWaterMark = READ_SIZE;
  if (options.fd === undefined || options.fd === null) {
    this.fd = null;
    this[kFs] = options.fs || require('fs');
    validateFunction(this[kFs].open, 'options.fs.open');
    this.path = toPath(path);
    this.flags = options.flags ?? 'r';
    this.mode = options.mode ?? 0o666;
  } else {
    this.fd = adopt(this, options);
    this.path = path === undefined || path === null ? undefined : toPath(path);
  }
  options.autoDestroy = options.autoClose === undefined ? true : options.autoClose;
  validateFunction(this[kFs].read, 'options.fs.read');
  if (options.autoDestroy) validateFunction(this[kFs].close, 'options.fs.close');
  this.start = options.start;
  this.end = options.end;
  this.pos = undefined;
  this.bytesRead = 0;
  this[kIsPerformingIO] = false;
  if (this.start !== undefined) {
    validateInteger(this.start, 'start', 0);
    this.pos = this.start;
  }
  if (this.end === undefined || this.end === null) {
    this.end = Infinity;
  } else if (this.end !== Infinity) {
    validateInteger(this.end, 'end', 0);
    if (this.start !== undefined && this.start > this.end) {
      throw new ERR_OUT_OF_RANGE('start', `<= "end" (here: ${this.end})`, this.start);
    }
  }
  Reflect.apply(Readable, this, [options]);
  if (options.encoding) this.setEncoding(options.encoding);
  return undefined;
}
Object.setPrototypeOf(ReadStream.prototype, Readable.prototype);
Object.setPrototypeOf(ReadStream, Readable);

Object.defineProperty(ReadStream.prototype, 'autoClose', {
  __proto__: null,
  get() {
    return this._readableState.autoDestroy;
  },
  set(value) {
    this._readableState.autoDestroy = value;
  },
});

ReadStream.prototype._construct = _construct;

ReadStream.prototype._read = unnamed(function (n) {
  n = Math.min(this.end - (this.pos === undefined ? this.bytesRead : this.pos) + 1, n);
  if (n <= 0) {
    this.push(null);
    return;
  }
  this[kIsPerformingIO] = true;
  const done = (error, bytesRead, filled) => {
    if (performed(this, error)) return;
    if (error) {
      errorOrDestroy(this, error);
    } else if (bytesRead > 0) {
      if (this.pos !== undefined) this.pos += bytesRead;
      this.bytesRead += bytesRead;
      // What was not filled is not kept in memory.
      this.push(bytesRead === filled.length ? filled : Uint8Array.prototype.slice.call(filled, 0, bytesRead));
    } else {
      this.push(null);
    }
  };
  // Where nobody else is given the memory, it is that which the system has read into.
  if (this[kFs].read === read && n <= LARGEST_NEW) readNew(this.fd, n, this.pos, done);
  else this[kFs].read(this.fd, require('buffer').Buffer.allocUnsafeSlow(n), 0, n, this.pos, done);
});

ReadStream.prototype._destroy = unnamed(function (error, callback) {
  destroy(this, error, callback);
});

ReadStream.prototype.close = unnamed(function (callback) {
  if (typeof callback === 'function') finished(this, callback);
  this.destroy();
});

Object.defineProperty(ReadStream.prototype, 'pending', {
  __proto__: null,
  get() {
    return this.fd === null;
  },
  configurable: true,
});

function WriteStream(path, options) {
  if (!(this instanceof WriteStream)) return new WriteStream(path, options);
  options = { ...toOptions(options) };
  // Text is encoded by the stream.
  options.decodeStrings = true;
  if (options.fd === undefined || options.fd === null) {
    this.fd = null;
    this[kFs] = options.fs || require('fs');
    validateFunction(this[kFs].open, 'options.fs.open');
    this.path = toPath(path);
    this.flags = options.flags ?? 'w';
    this.mode = options.mode ?? 0o666;
  } else {
    this.fd = adopt(this, options);
    this.path = path === undefined || path === null ? undefined : toPath(path);
  }
  options.autoDestroy = options.autoClose === undefined ? true : options.autoClose;
  const { write, writev } = this[kFs];
  if (!write && !writev) throw new ERR_INVALID_ARG_TYPE('options.fs.write', 'Function', write);
  if (write) validateFunction(write, 'options.fs.write');
  if (writev) validateFunction(writev, 'options.fs.writev');
  if (options.autoDestroy) validateFunction(this[kFs].close, 'options.fs.close');
  this.flush = options.flush;
  if (this.flush === undefined || this.flush === null) this.flush = false;
  validateBoolean(this.flush, 'options.flush');
  if (this.flush) validateFunction(this[kFs].fsync, 'options.fs.fsync');
  // Without one of the two everything goes through the other.
  if (!write) this._write = null;
  if (!writev) this._writev = null;
  this.start = options.start;
  this.pos = undefined;
  this.bytesWritten = 0;
  this[kIsPerformingIO] = false;
  if (this.start !== undefined) {
    validateInteger(this.start, 'start', 0);
    this.pos = this.start;
  }
  Reflect.apply(Writable, this, [options]);
  if (options.encoding) this.setDefaultEncoding(options.encoding);
  return undefined;
}
Object.setPrototypeOf(WriteStream.prototype, Writable.prototype);
Object.setPrototypeOf(WriteStream, Writable);

Object.defineProperty(WriteStream.prototype, 'autoClose', {
  __proto__: null,
  get() {
    return this._writableState.autoDestroy;
  },
  set(value) {
    this._writableState.autoDestroy = value;
  },
});

WriteStream.prototype._construct = _construct;

/** So often a file that takes nothing at the moment is tried again. */
const RETRIES = 5;

/** Writes all of a buffer; a single write may take less. */
function writeAll(stream, data, size, position, callback, retries = 0) {
  stream[kFs].write(stream.fd, data, 0, size, position, (error, bytesWritten, buffer) => {
    if (error?.code === 'EAGAIN') {
      error = null;
      bytesWritten = 0;
    }
    if (stream.destroyed || error) {
      callback(error || new codes.ERR_STREAM_DESTROYED('write'));
      return;
    }
    stream.bytesWritten += bytesWritten;
    retries = bytesWritten ? 0 : retries + 1;
    size -= bytesWritten;
    // Without a position this is NaN from here on, which the functions take for none.
    position += bytesWritten;
    if (retries > RETRIES) callback(new Error('writev failed'));
    else if (size) writeAll(stream, buffer.slice(bytesWritten), size, position, callback, retries);
    else callback();
  });
}

function writevAll(stream, chunks, size, position, callback, retries = 0) {
  stream[kFs].writev(stream.fd, chunks, position ?? null, (error, bytesWritten, buffers) => {
    if (error?.code === 'EAGAIN') {
      error = null;
      bytesWritten = 0;
    }
    if (stream.destroyed || error) {
      callback(error || new codes.ERR_STREAM_DESTROYED('writev'));
      return;
    }
    stream.bytesWritten += bytesWritten;
    retries = bytesWritten ? 0 : retries + 1;
    size -= bytesWritten;
    // Without a position this is NaN from here on, which the functions take for none.
    position += bytesWritten;
    if (retries > RETRIES) {
      callback(new Error('writev failed'));
    } else if (size) {
      const rest = require('buffer').Buffer.concat(buffers).slice(bytesWritten);
      writevAll(stream, [rest], size, position, callback, retries);
    } else {
      callback();
    }
  });
}

WriteStream.prototype._write = unnamed(function (data, encoding, callback) {
  this[kIsPerformingIO] = true;
  writeAll(this, data, data.length, this.pos, (error) => {
    performed(this, error);
    callback(error);
  });
  if (this.pos !== undefined) this.pos += data.length;
});

WriteStream.prototype._writev = unnamed(function (data, callback) {
  const chunks = data.map(({ chunk }) => chunk);
  const size = chunks.reduce((sum, chunk) => sum + chunk.length, 0);
  this[kIsPerformingIO] = true;
  writevAll(this, chunks, size, this.pos, (error) => {
    performed(this, error);
    callback(error);
  });
  if (this.pos !== undefined) this.pos += size;
});

WriteStream.prototype._destroy = unnamed(function (error, callback) {
  destroy(this, error, callback);
});

WriteStream.prototype.close = unnamed(function (callback) {
  if (callback) {
    if (this.closed) {
      process.nextTick(callback);
      return;
    }
    this.on('close', callback);
  }
  // Without autoClose nothing else destroys the stream after its end.
  if (!this.autoClose) this.on('finish', this.destroy);
  this.end();
});

WriteStream.prototype.destroySoon = WriteStream.prototype.end;

Object.defineProperty(WriteStream.prototype, 'pending', {
  __proto__: null,
  get() {
    return this.fd === null;
  },
  configurable: true,
});

module.exports = { ReadStream, WriteStream };
