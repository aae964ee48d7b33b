'use strict';

// The classes of `tty` (https://nodejs.org/api/tty.html): terminals at any descriptor. The standard streams of the
// process are made by `internal/stdio` and `internal/stdin`, but count as instances.

const { codes } = require('internal/errors');
const { Readable, Writable } = require('stream');
const terminal = require('internal/stdio_terminal');

const { ERR_INVALID_FD, ERR_TTY_INIT_FAILED } = codes;

const EINVAL = { errno: -22, code: 'EINVAL', message: 'invalid argument', syscall: 'uv_tty_init' };
const CHUNK = 64 * 1024;

function checkTerminal(fd) {
  if (fd >> 0 !== fd || fd < 0) throw new ERR_INVALID_FD(fd);
  if (!ops.stdio_is_terminal(fd)) throw new ERR_TTY_INIT_FAILED({ ...EINVAL });
}

/** `tty.ReadStream`. */
function ReadStream(fd, options) {
  if (!(this instanceof ReadStream)) return new ReadStream(fd, options);
  checkTerminal(fd);
  const stream = this;
  Readable.call(this, {
    highWaterMark: 0,
    ...options,
    read() {
      const { Buffer } = require('buffer');
      require('fs').read(fd, Buffer.allocUnsafe(CHUNK), 0, CHUNK, null, (error, length, bytes) => {
        // A terminal whose other side is gone says so with EIO.
        if (error && error.code !== 'EIO') stream.destroy(error);
        else stream.push(error || length === 0 ? null : bytes.subarray(0, length));
      });
    },
  });
  this.fd = fd;
  this.isRaw = false;
  this.isTTY = true;
  return undefined;
}

Object.setPrototypeOf(ReadStream.prototype, Readable.prototype);
Object.setPrototypeOf(ReadStream, Readable);

ReadStream.prototype.setRawMode = function(flag) {
  const isRaw = Boolean(flag);
  try {
    ops.stdio_raw(this.fd, isRaw);
    this.isRaw = isRaw;
  } catch (error) {
    this.emit('error', error);
  }
  return this;
};

/** `tty.WriteStream`. */
function WriteStream(fd) {
  if (!(this instanceof WriteStream)) return new WriteStream(fd);
  checkTerminal(fd);
  Writable.call(this, {
    decodeStrings: true,
    write(chunk, encoding, callback) {
      try {
        for (let done = 0; done < chunk.length;) done += require('fs').writeSync(fd, chunk, done);
      } catch (error) {
        callback(error);
        return;
      }
      callback();
    },
  });
  this.fd = fd;
  this._type = 'tty';
  this._isStdio = false;
  this._refreshSize();
  return undefined;
}

Object.setPrototypeOf(WriteStream.prototype, Writable.prototype);
Object.setPrototypeOf(WriteStream, Writable);

WriteStream.prototype.isTTY = true;
WriteStream.prototype.getColorDepth = terminal.getColorDepth;
WriteStream.prototype.hasColors = terminal.hasColors;

WriteStream.prototype._refreshSize = function() {
  const [columns, rows] = ops.stdio_size(this.fd) ?? [80, 24];
  const isOther = this.columns !== undefined && (columns !== this.columns || rows !== this.rows);
  this.columns = columns;
  this.rows = rows;
  if (isOther) this.emit('resize');
};

for (const name of ['cursorTo', 'moveCursor', 'clearLine', 'clearScreenDown', 'getWindowSize']) {
  WriteStream.prototype[name] = terminal[name];
}

/** The process's own terminal streams are instances, too. */
function countStandard(constructor, isStandard) {
  Object.defineProperty(constructor, Symbol.hasInstance, {
    __proto__: null,
    value(value) {
      return Function.prototype[Symbol.hasInstance].call(this, value) || (this === constructor && isStandard(value));
    },
  });
}

countStandard(ReadStream, (value) => Boolean(value?.isTTY) && value.fd === 0 && typeof value.setRawMode === 'function');
countStandard(WriteStream, (value) => Boolean(value?.isTTY && value._isStdio) && typeof value.getWindowSize === 'function');

module.exports = { ReadStream, WriteStream };
