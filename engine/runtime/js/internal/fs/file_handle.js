'use strict';

// An open file of the promise form (https://nodejs.org/api/fs.html#class-filehandle).

const EventEmitter = require('events');
const { AbortError } = require('internal/errors');
const { newAsyncId } = require('internal/async_ids');
const {
  validateBoolean,
  validateBuffer,
  validateEncoding,
  validateInteger,
  validateObject,
} = require('internal/validators');
const {
  checkContent,
  checkViews,
  encoded,
  toBuffer,
  toFlags,
  toMode,
  toOptions,
  toPath,
  toSeconds,
} = require('internal/fs/arguments');
const { promised } = require('internal/fs/callbacks');
const content = require('internal/fs/content');
const {
  joined,
  noBuffers,
  place,
  spread,
  toPiece,
  toReading,
  toWritePosition,
  totalLength,
} = require('internal/fs/descriptors');
const { kDetached, kTransfer, markTransferable } = require('internal/clone_marks');
const { checkOwner } = require('internal/fs/meta');
const { toStats } = require('internal/fs/stats');

const READ_SIZE = 16 * 1024;

const kFd = Symbol('kFd');
const kHandle = Symbol('kHandle');
const kRefs = Symbol('kRefs');
const kClosePromise = Symbol('kClosePromise');
const kCloseResolve = Symbol('kCloseResolve');
const kCloseReject = Symbol('kCloseReject');
const kRef = Symbol('kRef');
const kUnref = Symbol('kUnref');
const kCloseSync = Symbol('kCloseSync');

/** Stands for the descriptor itself; shown as Node shows its native object. */
const NativeHandle = class FileHandle {
  #asyncId = newAsyncId();

  static asyncId(handle) {
    return handle.#asyncId;
  }
};
const { asyncId } = NativeHandle;
delete NativeHandle.asyncId;

let forgotten;

/** A handle that nobody can close any more: the descriptor must not be lost with it. */
function closeForgotten({ fd, path }) {
  try {
    ops.fs_close(fd, undefined);
  } catch {
    // Somebody else has closed it.
  }
  const error = new Error(
    'A FileHandle object was closed during garbage collection. This used to be allowed with a deprecation warning ' +
    'but is now considered an error. Please close FileHandle objects explicitly. File descriptor: ' +
    `${fd} (${path})`,
  );
  error.code = 'ERR_INVALID_STATE';
  throw error;
}

class FileHandle extends EventEmitter {
  constructor(fd, path = undefined) {
    super();
    this[kHandle] = new NativeHandle();
    this[kFd] = fd;
    this[kRefs] = 1;
    this[kClosePromise] = null;
    forgotten ??= new FinalizationRegistry(closeForgotten);
    forgotten.register(this, { fd, path }, this[kHandle]);
    markTransferable(this);
  }

  getAsyncId() {
    return asyncId(this[kHandle]);
  }

  [kDetached]() {
    return this[kFd] === -1;
  }

  [kTransfer]() {
    if (this[kClosePromise] || this[kRefs] > 1) {
      throw require('internal/structured_clone').domException('Cannot transfer FileHandle while in use');
    }
    const fd = this[kFd];
    const move = () => {
      this[kFd] = -1;
      this[kRefs] = 0;
      forgotten.unregister(this[kHandle]);
    };
    return { data: fd, shared: undefined, deserializeInfo: 'internal/fs/file_handle:receive', move };
  }

  get fd() {
    return this[kFd];
  }

  appendFile(data, options) {
    return fsCall(writeFile, 'writeFile', this, data, options);
  }

  chmod(mode) {
    return fsCall(chmod, 'fchmod', this, mode);
  }

  chown(uid, gid) {
    return fsCall(chown, 'fchown', this, uid, gid);
  }

  datasync() {
    return fsCall(datasync, 'fdatasync', this);
  }

  sync() {
    return fsCall(sync, 'fsync', this);
  }

  read(buffer, offset, length, position) {
    return fsCall(read, 'read', this, buffer, offset, length, position);
  }

  readv(buffers, position) {
    return fsCall(readv, 'readv', this, buffers, position);
  }

  readFile(options) {
    return fsCall(readFile, 'readFile', this, options);
  }

  readLines(options = undefined) {
    return require('readline').createInterface({
      input: this.createReadStream(options),
      crlfDelay: Infinity,
    });
  }

  stat(options) {
    return fsCall(stat, 'fstat', this, options);
  }

  truncate(len = 0) {
    return fsCall(truncate, 'ftruncate', this, len);
  }

  utimes(atime, mtime) {
    return fsCall(utimes, 'futimes', this, atime, mtime);
  }

  write(buffer, offset, length, position) {
    return fsCall(write, 'write', this, buffer, offset, length, position);
  }

  writev(buffers, position) {
    return fsCall(writev, 'writev', this, buffers, position);
  }

  writeFile(data, options) {
    return fsCall(writeFile, 'writeFile', this, data, options);
  }

  [kCloseSync]() {
    if (this[kFd] === -1) return;
    const fd = this[kFd];
    this[kFd] = -1;
    forgotten.unregister(this[kHandle]);
    ops.fs_close(fd, undefined);
  }

  // An own property of every handle, so that it can be taken off it.
  close = function close() {
    if (this[kFd] === -1) return Promise.resolve();
    if (this[kClosePromise]) return this[kClosePromise];
    this[kRefs]--;
    if (this[kRefs] === 0) {
      this[kClosePromise] = closeNow(this).finally(() => {
        this[kClosePromise] = undefined;
      });
    } else {
      this[kClosePromise] = new Promise((resolve, reject) => {
        this[kCloseResolve] = resolve;
        this[kCloseReject] = reject;
      }).finally(() => {
        this[kClosePromise] = undefined;
        this[kCloseReject] = undefined;
        this[kCloseResolve] = undefined;
      });
    }
    this.emit('close');
    return this[kClosePromise];
  };

  async [Symbol.asyncDispose]() {
    await this.close();
  }

  readableWebStream(options = {}) {
    return require('internal/fs/web_stream').readableWebStream(this, options);
  }

  createReadStream(options = undefined) {
    const { ReadStream } = require('internal/fs/streams');
    return new ReadStream(undefined, { ...options, fd: this });
  }

  createWriteStream(options = undefined) {
    const { WriteStream } = require('internal/fs/streams');
    return new WriteStream(undefined, { ...options, fd: this });
  }

  [kRef]() {
    this[kRefs]++;
  }

  [kUnref]() {
    this[kRefs]--;
    if (this[kRefs] === 0) {
      closeNow(this).then(this[kCloseResolve], this[kCloseReject]);
    }
  }
}

function closeNow(handle) {
  const fd = handle[kFd];
  handle[kFd] = -1;
  forgotten.unregister(handle[kHandle]);
  return promised((done) => ops.fs_close(fd, done));
}

/** Runs an operation on a handle that stays open until it is done. */
async function fsCall(operation, syscall, handle, ...args) {
  if (handle[kFd] === -1) {
    const error = new Error('file closed');
    error.code = 'EBADF';
    error.syscall = syscall;
    throw error;
  }
  try {
    handle[kRef]();
    return await operation(handle, ...args);
  } finally {
    handle[kUnref]();
  }
}

async function chmod(handle, mode) {
  mode = toMode(mode);
  await promised((done) => ops.fs_fchmod(handle.fd, mode, done));
}

async function chown(handle, uid, gid) {
  checkOwner(uid, gid);
  await promised((done) => ops.fs_fchown(handle.fd, uid, gid, done));
}

async function datasync(handle) {
  await promised((done) => ops.fs_fsync(handle.fd, true, done));
}

async function sync(handle) {
  await promised((done) => ops.fs_fsync(handle.fd, false, done));
}

async function stat(handle, options = { bigint: false }) {
  return toStats(await promised((done) => ops.fs_fstat(handle.fd, Boolean(options.bigint), done)));
}

async function truncate(handle, length = 0) {
  validateInteger(length, 'len');
  await promised((done) => ops.fs_ftruncate(handle.fd, Math.max(0, length), done));
}

async function utimes(handle, atime, mtime) {
  atime = toSeconds(atime, 'atime');
  mtime = toSeconds(mtime, 'mtime');
  await promised((done) => ops.fs_futimes(handle.fd, atime, mtime, done));
}

async function read(handle, bufferOrOptions, offset, length, position) {
  let buffer = bufferOrOptions;
  if (!ArrayBuffer.isView(buffer)) {
    // (handle, options)
    if (bufferOrOptions !== undefined) validateObject(bufferOrOptions, 'options', { nullable: true });
    ({
      buffer = toBuffer(new Uint8Array(READ_SIZE)),
      offset = 0,
      length = buffer.byteLength - offset,
      position = null,
    } = bufferOrOptions ?? {});
    validateBuffer(buffer);
  } else if (offset !== null && typeof offset === 'object') {
    // (handle, buffer, options)
    ({ offset = 0, length = buffer.byteLength - offset, position = null } = offset);
  }
  length ??= buffer.byteLength - (offset ?? 0);
  const reading = toReading(buffer, offset, length, position);
  if (reading.length === 0) return { __proto__: null, bytesRead: 0, buffer };
  const bytes = await promised((done) => ops.fs_read(handle.fd, reading.length, reading.position, false, done));
  place(bytes, buffer, reading.offset);
  return { __proto__: null, bytesRead: bytes.length, buffer };
}

async function readv(handle, buffers, position) {
  checkViews(buffers);
  if (buffers.length === 0) throw noBuffers();
  const at = typeof position === 'number' ? position : null;
  const bytes = await promised((done) => ops.fs_read(handle.fd, totalLength(buffers), at, true, done));
  return { __proto__: null, bytesRead: spread(bytes, buffers), buffers };
}

async function write(handle, buffer, offsetOrOptions, length, position) {
  let offset = offsetOrOptions;
  if (buffer?.byteLength === 0) return { __proto__: null, bytesWritten: 0, buffer };
  let data;
  let at;
  if (ArrayBuffer.isView(buffer)) {
    if (typeof offset === 'object' && offset !== null) {
      ({ offset = 0, length = buffer.byteLength - offset, position = null } = offsetOrOptions);
    }
    data = toPiece(buffer, offset, length);
    at = toWritePosition(position);
  } else {
    checkContent(buffer, 'buffer');
    validateEncoding(buffer, length);
    data = encoded(buffer, length);
    at = toWritePosition(offset);
  }
  const bytesWritten = await promised((done) => ops.fs_write(handle.fd, data, at, false, done));
  return { __proto__: null, bytesWritten, buffer };
}

async function writev(handle, buffers, position) {
  checkViews(buffers);
  if (buffers.length === 0) return { __proto__: null, bytesWritten: 0, buffers };
  const at = toWritePosition(position);
  const bytesWritten = await promised((done) => ops.fs_write(handle.fd, joined(buffers), at, true, done));
  return { __proto__: null, bytesWritten, buffers };
}

function checkAborted(signal) {
  if (signal?.aborted) throw new AbortError(undefined, { cause: signal.reason });
}

async function readFile(handle, options) {
  options = toOptions(options, content.READ_DEFAULTS);
  content.checkTarget(options);
  const { signal } = options;
  checkAborted(signal);
  const value = await new Promise((resolve, reject) => {
    content.abortable(
      signal,
      (done) => content.startReading(handle.fd, options, done),
      (error, found) => (error === null ? resolve(found) : reject(error)),
    );
  });
  return content.toContent(value, options);
}

const isIterable = (data) =>
  data !== null && typeof data === 'object' && !ArrayBuffer.isView(data) &&
  (typeof data[Symbol.asyncIterator] === 'function' || typeof data[Symbol.iterator] === 'function');

async function writeFile(handle, data, options) {
  options = toOptions(options, content.WRITE_DEFAULTS);
  const { encoding, signal } = options;
  checkAborted(signal);
  if (isIterable(data)) {
    for await (const piece of data) {
      checkAborted(signal);
      const bytes = ArrayBuffer.isView(piece) ? piece : require('buffer').Buffer.from(piece, encoding || 'utf8');
      await promised((done) => ops.fs_write_all(handle.fd, bytes, false, done));
      checkAborted(signal);
    }
    return;
  }
  const flush = options.flush ?? false;
  validateBoolean(flush, 'options.flush');
  checkContent(data, 'data');
  const bytes = encoded(data, encoding || 'utf8');
  await new Promise((resolve, reject) => {
    content.abortable(
      signal,
      (done) => ops.fs_write_all(handle.fd, bytes, flush, done),
      (error) => (error === null ? resolve() : reject(error)),
    );
  });
}

/** `fsPromises.open`. */
async function open(path, flags, mode) {
  path = toPath(path);
  const number = toFlags(flags);
  mode = toMode(mode, 'mode', 0o666);
  return new FileHandle(await promised((done) => ops.fs_open(path, number, mode, done)), path);
}

/** A handle that came with a message. */
const receive = (fd) => new FileHandle(fd);

module.exports = { receive, FileHandle, kCloseSync, kFd, kRef, kUnref, open };
