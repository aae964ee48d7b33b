'use strict';

// `fs.Utf8Stream` (https://nodejs.org/api/fs.html#class-fsutf8stream): a plain, quick writer for logs.

const EventEmitter = require('events');
const { codes } = require('internal/errors');
const { validateBoolean, validateFunction, validateInteger, validateObject, validateOneOf, validateUint32 } =
  require('internal/validators');
const { toMode } = require('internal/fs/arguments');

const { ERR_INVALID_ARG_TYPE, ERR_INVALID_STATE } = codes;
/** Bytes for one write. */
const MAX_WRITE = 16 * 1024;
/** With so many bytes waiting, `write` advises to stop for a while. */
const HIGH_WATER_MARK = 16_387;
const RETRY_AFTER = 100;
const USED = ['appendFile', 'close', 'closeSync', 'fsync', 'fsyncSync', 'mkdir', 'mkdirSync', 'open', 'openSync', 'write', 'writeSync'];

/** The functions to use: those of `options.fs`, for the rest those of `fs`. */
function toFunctions(own) {
  if (own === undefined || own === null) return require('fs');
  validateObject(own, 'options.fs');
  for (const name of USED) if (own[name] !== undefined) validateFunction(own[name], `options.fs.${name}`);
  return { __proto__: require('fs'), ...own };
}

class Utf8Stream extends EventEmitter {
  #fs;
  #fd = -1;
  #file = null;
  #mode;
  #append;
  #mkdir;
  #sync;
  #fsync;
  #minLength;
  #maxLength;
  #maxWrite;
  #hwm;
  #contentMode;
  #retryEAGAIN;
  #periodicFlush;
  #timer = null;
  /** Texts or buffers that wait, and how many bytes they are. */
  #waiting = [];
  #length = 0;
  /** What is being written. */
  #current = null;
  #opening = false;
  #writing = false;
  #ending = false;
  #reopening = false;
  #destroyed = false;
  #drainScheduled = false;

  constructor(options = { __proto__: null }) {
    validateObject(options, 'options');
    const {
      fd, dest, minLength, maxLength, maxWrite, sync, append = true, mkdir, retryEAGAIN, fsync, contentMode = 'utf8', mode,
      periodicFlush, fs,
    } = options;
    super();
    const target = fd ?? dest;
    this.#hwm = Math.max(minLength || 0, HIGH_WATER_MARK);
    validateInteger(this.#hwm, 'options.hwm');
    this.#minLength = minLength || 0;
    if (maxLength !== undefined) validateUint32(maxLength, 'options.maxLength');
    this.#maxLength = maxLength || 0;
    if (maxWrite !== undefined) validateUint32(maxWrite, 'options.maxWrite');
    this.#maxWrite = maxWrite || MAX_WRITE;
    if (periodicFlush !== undefined) validateUint32(periodicFlush, 'options.periodicFlush');
    this.#periodicFlush = periodicFlush || 0;
    for (const [name, value] of Object.entries({ sync, fsync, append, mkdir })) {
      if (value !== undefined) validateBoolean(value, `options.${name}`);
    }
    this.#sync = sync || false;
    this.#fsync = fsync || false;
    this.#append = append;
    this.#mkdir = mkdir || false;
    if (retryEAGAIN !== undefined) validateFunction(retryEAGAIN, 'options.retryEAGAIN');
    this.#retryEAGAIN = retryEAGAIN ?? (() => true);
    if (mode !== undefined) toMode(mode, 'mode');
    this.#mode = mode;
    validateOneOf(contentMode, 'options.contentMode', ['buffer', 'utf8']);
    this.#contentMode = contentMode;
    this.#fs = toFunctions(fs);
    if (typeof target === 'number') {
      this.#fd = target;
      process.nextTick(() => this.emit('ready'));
    } else if (typeof target === 'string') {
      this.#open(target);
    } else {
      throw new ERR_INVALID_ARG_TYPE('fd', ['number', 'string'], target);
    }
    if (this.#minLength >= this.#maxWrite) {
      const error = new RangeError(
        `The argument 'minLength' should be smaller than maxWrite (${this.#maxWrite}). Received ${this.#minLength}`,
      );
      error.code = 'ERR_INVALID_ARG_VALUE';
      throw error;
    }
    if (this.#periodicFlush !== 0) {
      this.#timer = require('timers').setInterval(() => this.flush(() => {}), this.#periodicFlush);
      this.#timer.unref();
    }
  }

  write(data) {
    this.#checkOpen();
    if (this.#contentMode === 'utf8') {
      if (typeof data !== 'string') throw new ERR_INVALID_ARG_TYPE('data', 'string', data);
    } else if (!(data instanceof Uint8Array)) {
      throw new ERR_INVALID_ARG_TYPE('data', 'Buffer', data);
    }
    const length = this.#contentMode === 'utf8' ? require('buffer').Buffer.byteLength(data) : data.length;
    if (this.#maxLength > 0 && this.#length + length > this.#maxLength) {
      this.emit('drop', data);
      return this.#length < this.#hwm;
    }
    this.#waiting.push(data);
    this.#length += length;
    if (!this.#writing && this.#length >= this.#minLength) this.#writeNext();
    return this.#length < this.#hwm;
  }

  flush(callback = undefined) {
    if (callback !== undefined) validateFunction(callback, 'cb');
    const done = callback ?? (() => {});
    if (this.#destroyed) {
      if (callback !== undefined) done(new ERR_INVALID_STATE('Utf8Stream is destroyed'));
      return;
    }
    if (this.#minLength <= 0) {
      done();
      return;
    }
    this.#flushThen(done);
    if (this.#writing) return;
    if (this.#waiting.length === 0) this.#waiting.push(this.#contentMode === 'utf8' ? '' : require('buffer').Buffer.alloc(0));
    this.#writeNext();
  }

  #flushThen(done) {
    const onDrain = () => {
      this.removeListener('error', onError);
      if (this.#destroyed || this.#fsync) done(null);
      else this.#fs.fsync(this.#fd, done);
    };
    const onError = (error) => {
      this.removeListener('drain', onDrain);
      done(error);
    };
    this.once('drain', onDrain);
    this.once('error', onError);
  }

  flushSync() {
    this.#checkOpen();
    if (this.#fd < 0) throw new ERR_INVALID_STATE('Invalid file descriptor');
    if (!this.#writing && this.#current !== null) {
      this.#waiting.unshift(this.#current);
      this.#current = null;
    }
    while (this.#waiting.length > 0) {
      let bytes = this.#take();
      while (bytes.length > 0) {
        try {
          const written = this.#fs.writeSync(this.#fd, bytes);
          this.#length = Math.max(0, this.#length - written);
          bytes = bytes.subarray(written);
        } catch (error) {
          if (!this.#mayRetry(error, bytes.length)) throw error;
        }
      }
    }
    this.#syncFile();
  }

  reopen(file) {
    this.#checkOpen();
    if (this.#opening) {
      this.once('ready', () => this.reopen(file));
      return;
    }
    if (this.#ending) return;
    if (!file && !this.#file) throw new codes.ERR_OPERATION_FAILED('Unable to reopen a file descriptor, you must pass a file');
    if (file) this.#file = file;
    this.#reopening = true;
    if (this.#writing) return;
    const fd = this.#fd;
    this.once('ready', () => {
      if (fd !== this.#fd) {
        this.#fs.close(fd, (error) => {
          if (error) this.emit('error', error);
        });
      }
    });
    this.#open(this.#file);
  }

  end() {
    this.#checkOpen();
    if (this.#opening) {
      this.once('ready', () => this.end());
      return;
    }
    if (this.#ending) return;
    this.#ending = true;
    if (this.#writing) return;
    if (this.#length > 0 && this.#fd >= 0) this.#writeNext();
    else this.#close();
  }

  destroy() {
    if (!this.#destroyed) this.#close();
  }

  [Symbol.dispose]() {
    this.destroy();
  }

  get mode() {
    return this.#mode;
  }

  get file() {
    return this.#file;
  }

  get fd() {
    return this.#fd;
  }

  get minLength() {
    return this.#minLength;
  }

  get maxLength() {
    return this.#maxLength;
  }

  get writing() {
    return this.#writing;
  }

  get sync() {
    return this.#sync;
  }

  get fsync() {
    return this.#fsync;
  }

  get append() {
    return this.#append;
  }

  get periodicFlush() {
    return this.#periodicFlush;
  }

  get contentMode() {
    return this.#contentMode;
  }

  get mkdir() {
    return this.#mkdir;
  }

  #checkOpen() {
    if (this.#destroyed) throw new ERR_INVALID_STATE('Utf8Stream is destroyed');
  }

  #mayRetry(error, length) {
    const isBusy = error.code === 'EAGAIN' || error.code === 'EBUSY';
    return isBusy && this.#retryEAGAIN(error, length, this.#length - length);
  }

  #open(file) {
    this.#opening = true;
    this.#writing = true;
    this.#drainScheduled = false;
    const flags = this.#append ? 'a' : 'w';
    const opened = (fd) => {
      this.#fd = fd;
      this.#file = file;
      this.#reopening = false;
      this.#opening = false;
      this.#writing = false;
      if (this.#sync) process.nextTick(() => this.emit('ready'));
      else this.emit('ready');
      if (this.#destroyed) return;
      if (!this.#writing && this.#length > this.#minLength) this.#writeNext();
    };
    const { dirname } = require('path');
    if (this.#sync) {
      try {
        if (this.#mkdir) this.#fs.mkdirSync(dirname(file), { recursive: true });
        opened(this.#fs.openSync(file, flags, this.#mode));
      } catch (error) {
        this.#failOpening(error);
        throw error;
      }
      return;
    }
    const open = (error) => {
      if (error) {
        this.#failOpening(error);
        this.emit('error', error);
        return;
      }
      this.#fs.open(file, flags, this.#mode, (failed, fd) => {
        if (failed) {
          this.#failOpening(failed);
          this.emit('error', failed);
        } else {
          opened(fd);
        }
      });
    };
    if (this.#mkdir) this.#fs.mkdir(dirname(file), { recursive: true }, open);
    else open(null);
  }

  #failOpening() {
    this.#reopening = false;
    this.#writing = false;
    this.#opening = false;
  }

  /** The next bytes to write: as much as fits into one write. */
  #take() {
    const { Buffer } = require('buffer');
    const pieces = [];
    let size = 0;
    while (this.#waiting.length > 0) {
      const piece = typeof this.#waiting[0] === 'string' ? Buffer.from(this.#waiting[0]) : this.#waiting[0];
      if (pieces.length > 0 && size + piece.length > this.#maxWrite) break;
      pieces.push(piece);
      size += piece.length;
      this.#waiting.shift();
    }
    return pieces.length === 1 ? pieces[0] : Buffer.concat(pieces);
  }

  #writeNext() {
    this.#writing = true;
    this.#current ??= this.#take();
    this.#writeCurrent();
  }

  #writeCurrent() {
    const bytes = this.#current;
    if (!this.#sync) {
      this.#fs.write(this.#fd, bytes, 0, bytes.length, null, (error, written) => this.#written(error, written));
      return;
    }
    let written;
    try {
      written = this.#fs.writeSync(this.#fd, bytes);
    } catch (error) {
      this.#written(error);
      return;
    }
    this.#written(null, written);
  }

  #written(error, written) {
    if (error) {
      if (this.#mayRetry(error, this.#current.length)) {
        require('timers').setTimeout(() => this.#writeCurrent(), RETRY_AFTER);
      } else {
        this.#writing = false;
        this.emit('error', error);
      }
      return;
    }
    this.emit('write', written);
    this.#length = Math.max(0, this.#length - written);
    if (written < this.#current.length) {
      this.#current = this.#current.subarray(written);
      this.#writeCurrent();
      return;
    }
    this.#current = null;
    if (this.#fsync) this.#fs.fsyncSync(this.#fd);
    this.#goOn();
  }

  #goOn() {
    if (this.#reopening) {
      this.#writing = false;
      this.#reopening = false;
      this.reopen();
    } else if (this.#length > this.#minLength) {
      this.#writeNext();
    } else if (this.#ending) {
      if (this.#length > 0) {
        this.#writeNext();
      } else {
        this.#writing = false;
        this.#close();
      }
    } else {
      this.#writing = false;
      if (!this.#sync) {
        this.emit('drain');
      } else if (!this.#drainScheduled) {
        this.#drainScheduled = true;
        process.nextTick(() => {
          this.#drainScheduled = false;
          this.emit('drain');
        });
      }
    }
  }

  #syncFile() {
    try {
      this.#fs.fsyncSync(this.#fd);
    } catch {
      // Not everything that can be written to can be synchronized.
    }
  }

  #close() {
    if (this.#fd === -1) {
      this.once('ready', () => this.#close());
      return;
    }
    if (this.#timer !== null) require('timers').clearInterval(this.#timer);
    this.#destroyed = true;
    this.#waiting = [];
    const closed = (error) => {
      if (error) {
        this.emit('error', error);
        return;
      }
      if (this.#ending && !this.#writing) this.emit('finish');
      this.emit('close');
    };
    // Standard output and standard error stay open.
    const close = () => {
      if (this.#fd === 1 || this.#fd === 2) setImmediate(closed);
      else this.#fs.close(this.#fd, closed);
    };
    this.#fs.fsync(this.#fd, close);
  }
}

module.exports = { Utf8Stream };
