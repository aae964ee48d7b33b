'use strict';

// Standard output and standard error as Writables (see `internal/stdio`).

const { Writable } = require('internal/streams/writable');
const terminal = require('internal/stdio_terminal');

/** Nobody reads the pipe any more: Node's pipes name only the call and the code. */
function brokenPipe({ errno, code, syscall }) {
  return Object.assign(new Error(`${syscall} ${code}`), { errno, code, syscall });
}

/** Over a file or a pipe. */
class SyncWriteStream extends Writable {
  _write(chunk, encoding, callback) {
    let failed = null;
    const isOther = typeof chunk === 'string' && encoding !== 'utf8' && encoding !== 'utf-8';
    try {
      ops.stdio_write(this.fd, isOther ? require('buffer').Buffer.from(chunk, encoding) : chunk);
    } catch (error) {
      failed = error.code === 'EPIPE' ? brokenPipe(error) : error;
    }
    callback(failed);
  }

  // They cannot be closed: what destroys them leaves them as they were.
  _destroy(error, callback) {
    callback(error);
    this._undestroy();
    if (!this._writableState.emitClose) process.nextTick(() => this.emit('close'));
  }

  destroySoon(error, callback) {
    return this.destroy(error, callback);
  }
}

/** Over a terminal. */
class WriteStream extends SyncWriteStream {}

for (const [name, value] of Object.entries(terminal)) {
  Object.defineProperty(WriteStream.prototype, name, { __proto__: null, value, configurable: true, writable: true });
}

/** Gives a stream of `internal/stdio` the prototype and the state of a Writable. */
function upgrade(stream) {
  Object.setPrototypeOf(stream, stream.isTTY ? WriteStream.prototype : SyncWriteStream.prototype);
  Writable.call(stream, { decodeStrings: false });
}

module.exports = { SyncWriteStream, WriteStream, upgrade };
