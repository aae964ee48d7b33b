'use strict';

// Files by descriptor: open, close, read, write (https://nodejs.org/api/fs.html#fsopenpath-flags-mode-callback).

const { codes } = require('internal/errors');
const { validateBuffer, validateEncoding, validateInteger, validateObject } = require('internal/validators');
const {
  checkCallback,
  checkContent,
  checkPiece,
  checkRoom,
  checkViews,
  encoded,
  toBuffer,
  toFd,
  toFlags,
  toMode,
  toPath,
  toPosition,
} = require('internal/fs/arguments');
const { marked } = require('internal/fs/callbacks');

const { ERR_INVALID_ARG_VALUE } = codes;
const READ_SIZE = 16 * 1024;

function open(path, flags, mode, callback) {
  if (arguments.length < 3) {
    callback = flags;
    flags = 'r';
    mode = 0o666;
  } else if (typeof mode === 'function') {
    callback = mode;
    mode = 0o666;
  } else {
    mode = toMode(mode, 'mode', 0o666);
  }
  const number = toFlags(flags);
  path = toPath(path);
  checkCallback(callback);
  ops.fs_open(path, number, mode, callback);
}

function openSync(path, flags, mode) {
  const number = toFlags(flags);
  mode = toMode(mode, 'mode', 0o666);
  return ops.fs_open(toPath(path), number, mode, undefined);
}

/** What happens when nobody asked to hear of the end. */
function raise(error) {
  if (error !== null) throw error;
}

function close(fd, callback = raise) {
  if (callback !== raise) checkCallback(callback);
  ops.fs_close(toFd(fd), callback);
}

function closeSync(fd) {
  ops.fs_close(toFd(fd), undefined);
}

function readArguments(buffer, options) {
  const { offset = 0, length = buffer.byteLength - offset, position = null } = options ?? {};
  return { offset, length, position };
}

/** Checks and completes what a read into a view is given. */
function toReading(buffer, offset, length, position) {
  if (offset === undefined || offset === null) offset = 0;
  else validateInteger(offset, 'offset', 0);
  length |= 0;
  if (length !== 0) {
    if (buffer.byteLength === 0) {
      throw new ERR_INVALID_ARG_VALUE('buffer', buffer, 'is empty and cannot be written');
    }
    checkRoom(offset, length, buffer.byteLength);
  }
  return { offset, length, position: toPosition(position, length) };
}

/** Puts bytes that were read where the script wants them. */
function place(bytes, buffer, offset) {
  new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.byteLength).set(bytes, offset);
}

function read(fd, buffer, offsetOrOptions, length, position, callback) {
  fd = toFd(fd);
  let offset = offsetOrOptions;
  let options;
  if (arguments.length <= 4) {
    if (arguments.length === 4) {
      // (fd, buffer, options, callback)
      validateObject(offsetOrOptions, 'options', { nullable: true });
      options = offsetOrOptions;
      callback = length;
    } else if (arguments.length === 3) {
      // (fd, buffer or options, callback)
      if (!ArrayBuffer.isView(buffer)) {
        options = buffer;
        ({ buffer = toBuffer(new Uint8Array(READ_SIZE)) } = options ?? {});
      }
      callback = offsetOrOptions;
    } else {
      // (fd, callback)
      callback = buffer;
      buffer = toBuffer(new Uint8Array(READ_SIZE));
    }
    if (options !== undefined) validateObject(options, 'options', { nullable: true });
    ({ offset = 0, length = buffer?.byteLength - offset, position = null } = options ?? {});
  }
  validateBuffer(buffer);
  checkCallback(callback);
  const reading = toReading(buffer, offset, length, position);
  if (reading.length === 0) {
    process.nextTick(() => callback(null, 0, buffer));
    return;
  }
  const done = (error, bytes) => {
    if (error !== null) {
      callback(error, 0, buffer);
      return;
    }
    place(bytes, buffer, reading.offset);
    callback(null, bytes.length, buffer);
  };
  ops.fs_read(fd, reading.length, reading.position, false, marked(done, callback));
}

/** As `read` into a new Buffer of `length` bytes, of which only those come that were read. */
function readNew(fd, length, position, callback) {
  const done = (error, bytes) => {
    if (error !== null) callback(error, 0, undefined);
    else callback(null, bytes.length, toBuffer(bytes));
  };
  ops.fs_read(toFd(fd), length, toPosition(position), false, marked(done, callback));
}

function readSync(fd, buffer, offsetOrOptions, length, position) {
  validateBuffer(buffer);
  fd = toFd(fd);
  let offset = offsetOrOptions;
  if (arguments.length <= 3 || (offsetOrOptions !== null && typeof offsetOrOptions === 'object')) {
    if (offsetOrOptions !== undefined) validateObject(offsetOrOptions, 'options', { nullable: true });
    ({ offset, length, position } = readArguments(buffer, offsetOrOptions));
  }
  const reading = toReading(buffer, offset, length, position);
  if (reading.length === 0) return 0;
  return ops.fs_read_into(fd, buffer, reading.offset, reading.length, reading.position);
}

/** Spreads bytes over several views; returns their number. */
function spread(bytes, buffers) {
  let taken = 0;
  for (const buffer of buffers) {
    if (taken === bytes.length) break;
    const piece = bytes.subarray(taken, taken + buffer.byteLength);
    place(piece, buffer, 0);
    taken += piece.length;
  }
  return bytes.length;
}

function totalLength(buffers) {
  let total = 0;
  for (const buffer of buffers) total += buffer.byteLength;
  return total;
}

/** Reading into no buffer at all is an error, other than writing none. */
function noBuffers() {
  const { UVException } = require('internal/errors');
  return new UVException({ errno: -22, syscall: 'read' });
}

function readv(fd, buffers, position, callback) {
  fd = toFd(fd);
  checkViews(buffers);
  if (typeof position === 'function' && callback === undefined) callback = position;
  checkCallback(callback);
  const done = (error, bytes) => {
    if (error !== null) callback(error, 0, buffers);
    else callback(null, spread(bytes, buffers), buffers);
  };
  if (buffers.length === 0) {
    process.nextTick(done, noBuffers());
    return;
  }
  const at = typeof position === 'number' ? position : null;
  ops.fs_read(fd, totalLength(buffers), at, true, marked(done, callback));
}

function readvSync(fd, buffers, position) {
  checkViews(buffers);
  fd = toFd(fd);
  if (buffers.length === 0) throw noBuffers();
  const at = typeof position === 'number' ? position : null;
  return spread(ops.fs_read(fd, totalLength(buffers), at, true, undefined), buffers);
}

/** The piece of a view that is to be written. */
function toPiece(buffer, offset, length) {
  if (offset === undefined || offset === null) offset = 0;
  else validateInteger(offset, 'offset', 0);
  if (typeof length !== 'number') length = buffer.byteLength - offset;
  checkPiece(offset, length, buffer.byteLength);
  // The buffer may have been transferred: then there is none to look at.
  if (length === 0) return new Uint8Array(0);
  return new Uint8Array(buffer.buffer, buffer.byteOffset + offset, length);
}

/** A position of a write: only numbers count. */
function toWritePosition(position) {
  return typeof position === 'number' && position >= 0 ? position : null;
}

function write(fd, buffer, offsetOrOptions, length, position, callback) {
  fd = toFd(fd);
  let offset = offsetOrOptions;
  if (ArrayBuffer.isView(buffer)) {
    callback ||= position || length || offset;
    checkCallback(callback);
    if (typeof offset === 'object' && offset !== null) {
      ({ offset = 0, length = buffer.byteLength - offset, position = null } = offsetOrOptions);
    }
    if (typeof offset === 'function') offset = 0;
    const piece = toPiece(buffer, offset, length);
    startWrite(fd, piece, toWritePosition(position), buffer, callback);
    return;
  }
  checkContent(buffer, 'buffer');
  if (typeof position !== 'function') {
    if (typeof offset === 'function') {
      position = offset;
      offset = null;
    } else {
      position = length;
    }
    length = 'utf8';
  }
  const text = buffer;
  validateEncoding(text, length);
  callback = checkCallback(position);
  startWrite(fd, encoded(text, length), toWritePosition(offset), text, callback);
}

function startWrite(fd, data, position, subject, callback) {
  const done = (error, count) => {
    if (error !== null) callback(error, 0, subject);
    else callback(null, count, subject);
  };
  ops.fs_write(fd, data, position, false, marked(done, callback));
}

function writeSync(fd, buffer, offsetOrOptions, length, position) {
  fd = toFd(fd);
  let offset = offsetOrOptions;
  if (!ArrayBuffer.isView(buffer)) {
    checkContent(buffer, 'buffer');
    validateEncoding(buffer, length);
    if (offset === undefined) offset = null;
    return ops.fs_write(fd, encoded(buffer, length), toWritePosition(offset), false, undefined);
  }
  if (position === undefined) position = null;
  if (typeof offset === 'object' && offset !== null) {
    ({ offset = 0, length = buffer.byteLength - offset, position = null } = offsetOrOptions);
  }
  return ops.fs_write(fd, toPiece(buffer, offset, length), toWritePosition(position), false, undefined);
}

/** The bytes of several views, one after the other. */
function joined(buffers) {
  const bytes = new Uint8Array(totalLength(buffers));
  let at = 0;
  for (const buffer of buffers) {
    bytes.set(new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.byteLength), at);
    at += buffer.byteLength;
  }
  return bytes;
}

function writev(fd, buffers, position, callback) {
  fd = toFd(fd);
  checkViews(buffers);
  if (typeof position === 'function' && callback === undefined) callback = position;
  checkCallback(callback);
  if (buffers.length === 0) {
    process.nextTick(callback, null, 0, buffers);
    return;
  }
  const done = (error, count) => {
    if (error !== null) callback(error, 0, buffers);
    else callback(null, count, buffers);
  };
  ops.fs_write(fd, joined(buffers), toWritePosition(position), true, marked(done, callback));
}

function writevSync(fd, buffers, position) {
  fd = toFd(fd);
  checkViews(buffers);
  if (buffers.length === 0) return 0;
  return ops.fs_write(fd, joined(buffers), toWritePosition(position), true, undefined);
}

function fsync(fd, callback) {
  checkCallback(callback);
  ops.fs_fsync(toFd(fd), false, callback);
}

function fsyncSync(fd) {
  ops.fs_fsync(toFd(fd), false, undefined);
}

function fdatasync(fd, callback) {
  checkCallback(callback);
  ops.fs_fsync(toFd(fd), true, callback);
}

function fdatasyncSync(fd) {
  ops.fs_fsync(toFd(fd), true, undefined);
}

function ftruncate(fd, length = 0, callback) {
  if (typeof length === 'function') {
    callback = length;
    length = 0;
  }
  validateInteger(length, 'len');
  checkCallback(callback);
  ops.fs_ftruncate(toFd(fd), Math.max(0, length), callback);
}

function ftruncateSync(fd, length = 0) {
  validateInteger(length, 'len');
  ops.fs_ftruncate(toFd(fd), Math.max(0, length), undefined);
}

function truncate(path, length, callback) {
  path = toPath(path);
  if (typeof length === 'function') {
    callback = length;
    length = 0;
  } else if (length === undefined) {
    length = 0;
  }
  validateInteger(length, 'len');
  checkCallback(callback);
  ops.fs_truncate(path, Math.max(0, length), callback);
}

function truncateSync(path, length) {
  if (length === undefined) length = 0;
  path = toPath(path);
  // The file is opened before its length is looked at.
  if (!Number.isInteger(length)) closeSync(openSync(path, 'r+'));
  validateInteger(length, 'len');
  ops.fs_truncate(path, Math.max(0, length), undefined);
}

module.exports = {
  close,
  closeSync,
  fdatasync,
  fdatasyncSync,
  fsync,
  fsyncSync,
  ftruncate,
  ftruncateSync,
  joined,
  noBuffers,
  open,
  openSync,
  place,
  read,
  readNew,
  readSync,
  readv,
  readvSync,
  spread,
  toPiece,
  toReading,
  toWritePosition,
  totalLength,
  truncate,
  truncateSync,
  write,
  writeSync,
  writev,
  writevSync,
};
