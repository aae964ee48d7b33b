'use strict';

// `process.stdout` and `process.stderr`. Writes are synchronous, as Node's are for files and terminals
// (https://nodejs.org/api/process.html#a-note-on-process-io).

const EventEmitter = require('events');
const { codes } = require('internal/errors');

class StandardStream extends EventEmitter {
  constructor(fd) {
    super();
    this.fd = fd;
    this.writable = true;
    this._type = ops.stdio_is_terminal(fd) ? 'tty' : 'fs';
    this._isStdio = true;
    if (this._type === 'tty') {
      this.isTTY = true;
      [this.columns, this.rows] = ops.stdio_size(fd) ?? [80, 24];
    }
  }

  write(chunk, encoding, callback) {
    if (typeof encoding === 'function') {
      callback = encoding;
      encoding = undefined;
    }
    if (chunk === null) throw new codes.ERR_STREAM_NULL_VALUES();
    if (typeof chunk !== 'string' && !ArrayBuffer.isView(chunk)) {
      throw new codes.ERR_INVALID_ARG_TYPE('chunk', ['string', 'Buffer', 'TypedArray', 'DataView'], chunk);
    }
    const isOther = typeof chunk === 'string' && encoding !== undefined && encoding !== 'utf8' && encoding !== 'utf-8';
    try {
      ops.stdio_write(this.fd, isOther ? require('buffer').Buffer.from(chunk, encoding) : chunk);
    } catch (error) {
      process.nextTick(() => {
        callback?.(error);
        if (this.listenerCount('error') > 0 || error.code !== 'EPIPE') this.emit('error', error);
      });
      return false;
    }
    if (typeof callback === 'function') process.nextTick(callback, null);
    return true;
  }

  end(chunk, encoding, callback) {
    if (typeof chunk === 'function') {
      callback = chunk;
      chunk = undefined;
    } else if (typeof encoding === 'function') {
      callback = encoding;
      encoding = undefined;
    }
    if (chunk !== undefined && chunk !== null) this.write(chunk, encoding);
    if (typeof callback === 'function') process.nextTick(callback);
    return this;
  }

  cork() {}

  uncork() {}

  getWindowSize() {
    return [this.columns, this.rows];
  }

  getColorDepth() {
    if (process.env.FORCE_COLOR === '0' || process.env.NO_COLOR !== undefined) return 1;
    if (process.env.COLORTERM === 'truecolor' || process.env.COLORTERM === '24bit') return 24;
    if (process.env.TERM === 'dumb' || !this.isTTY) return 1;
    return /256/.test(process.env.TERM ?? '') ? 8 : 4;
  }

  hasColors(count = 16) {
    return count <= 2 ** this.getColorDepth();
  }
}

/** The stream for descriptor 1 or 2. */
function create(fd) {
  return new StandardStream(fd);
}

module.exports = { create };
