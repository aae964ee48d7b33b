'use strict';

// `process.stdin` (https://nodejs.org/api/process.html#processstdin): a Readable over whatever descriptor 0 leads to.
// While it is paused it does not keep the loop alive.

const { Readable } = require('stream');

const FILE_CHUNK = 64 * 1024;

class StandardInput extends Readable {
  #kind;
  /** Id of the read in flight. */
  #reading;
  #refd = true;
  #paused = false;

  constructor(kind) {
    super({ highWaterMark: FILE_CHUNK });
    this.#kind = kind;
    this.fd = 0;
    if (kind === 'TTY') {
      this.isTTY = true;
      this.isRaw = false;
    }
    // Reading ahead of a paused script must not keep it alive.
    this.on('pause', () => this.#pause(true));
    this.on('resume', () => this.#pause(false));
  }

  #pause(paused) {
    this.#paused = paused;
    this.#hold();
  }

  /** Whether the read in flight keeps the loop alive: not while the stream is paused, and not after `unref`. */
  #hold() {
    if (this.#reading !== undefined) ops.op_refd(this.#reading, this.#refd && !this.#paused);
  }

  read(size) {
    // Asking for data wants it; asking for none is the stream's own look ahead.
    if (size !== 0 && this.#paused) this.#pause(false);
    return super.read(size);
  }

  _read(size) {
    if (this.#reading !== undefined) return;
    this.#reading = ops.stdio_read(size, (error, bytes) => {
      this.#reading = undefined;
      // A terminal whose other side is gone says so with EIO.
      if (error !== null && !(this.#kind === 'TTY' && error.code === 'EIO')) {
        this.destroy(error);
        return;
      }
      if (error !== null || bytes.length === 0) {
        this.push(null);
        return;
      }
      const { Buffer } = require('buffer');
      this.push(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
    });
    this.#hold();
  }

  _destroy(error, callback) {
    if (this.#reading !== undefined) {
      ops.op_cancel(this.#reading);
      this.#reading = undefined;
    }
    callback(error);
  }

  /** Keeps the loop alive while it is read. */
  ref() {
    this.#refd = true;
    this.#hold();
    return this;
  }

  /** Lets the loop end while it is read. */
  unref() {
    this.#refd = false;
    this.#hold();
    return this;
  }
}

/** A terminal: hands over every key at once in raw mode (https://nodejs.org/api/tty.html#class-ttyreadstream). */
class TerminalInput extends StandardInput {
  setRawMode(mode) {
    const isRaw = Boolean(mode);
    try {
      ops.stdio_raw(0, isRaw);
      this.isRaw = isRaw;
    } catch (error) {
      this.emit('error', error);
    }
    return this;
  }
}

Object.defineProperty(StandardInput, 'name', { value: 'ReadStream', configurable: true });
Object.defineProperty(TerminalInput, 'name', { value: 'ReadStream', configurable: true });

/** Makes the stream. */
function create() {
  const kind = ops.stdio_kind(0);
  return kind === 'TTY' ? new TerminalInput(kind) : new StandardInput(kind);
}

module.exports = { create };
