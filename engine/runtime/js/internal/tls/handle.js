'use strict';

// A handle in front of another one: what goes through it is encrypted. It has the methods of `internal/net/handle`, so
// that a socket need not know what it sits on.

const EOF = -4095;
const ECONNRESET = -104;
const ECANCELED = -125;

const OPEN = 1;
const ENDED = 2;
const GREETED = 4;
const TICKET = 8;

class TLSHandle {
  #inner;
  #id;
  #isOpen = false;
  #isClosed = false;
  #hasEnded = false;
  /** Why nothing works any more. */
  #failed;
  /** What was to be written before the handshake was over: `[chunks, done]`. */
  #waiting = [];
  /** What came although nobody reads. */
  #early = [];
  reading = false;
  bytesRead = 0;
  bytesWritten = 0;
  onread = undefined;
  /** The handshake is over. */
  onopen = undefined;
  /** A client has said what it wants: a server has to call `accept`. */
  ongreeting = undefined;
  /** The server gave something to come back with. */
  onsession = undefined;
  /** `(code, reason)`: the other side cannot be understood. */
  onerror = undefined;

  constructor(inner, id) {
    this.#inner = inner;
    this.#id = id;
    inner.onread = (status, buffer) => this.#arrived(status, buffer);
  }

  get id() {
    return this.#id;
  }

  get inner() {
    return this.#inner;
  }

  get isOpen() {
    return this.#isOpen;
  }

  /** The socket that stands for a stream which is none. */
  get _parentWrap() {
    return this.#inner.owner;
  }

  get fd() {
    return this.#inner.fd;
  }

  get queued() {
    let bytes = this.#inner.queued ?? 0;
    for (const [chunks] of this.#waiting) {
      for (const chunk of chunks ?? []) bytes += chunk.length;
    }
    return bytes;
  }

  get writeQueueSize() {
    return this.queued;
  }

  getAsyncId() {
    return this.#inner.getAsyncId?.() ?? 0;
  }

  /** Begins the handshake: a client speaks first, a server listens. */
  start() {
    this.#send(ops.tls_start(this.#id));
    if (!this.#inner.reading) return this.#inner.readStart();
    return 0;
  }

  /** Bytes for the other side. */
  #send(bytes, done = undefined) {
    if (bytes === null) return 0;
    return this.#inner.write(bytes, 'buffer', done ?? (() => {}));
  }

  #arrived(status, buffer) {
    if (this.#isClosed || this.#failed !== undefined) return;
    if (status > 0) {
      this.#handle(ops.tls_feed(this.#id, buffer));
      return;
    }
    this.#endOfInput(status);
  }

  #endOfInput(status) {
    if (this.#hasEnded) return;
    this.#hasEnded = true;
    if (!this.#isOpen && status === EOF) {
      this.onerror?.('ECONNRESET', undefined);
      return;
    }
    this.#deliver(status, undefined);
  }

  #handle([plain, out, flags, code, reason]) {
    if (flags & GREETED) {
      this.#send(out);
      this.ongreeting(...ops.tls_greeting(this.#id));
      return;
    }
    if (flags & OPEN && !this.#isOpen) {
      // Whoever does not trust the other side ends this before it hears the last of the handshake. What is written
      // meanwhile comes behind that.
      this.onopen?.();
      if (this.#isClosed) return;
      this.#send(out);
      this.#isOpen = true;
      this.#flush();
    } else {
      this.#send(out);
    }
    if (flags & TICKET) this.onsession?.();
    if (this.#isClosed) return;
    if (plain !== null) {
      const { FastBuffer } = (require('buffer'), require('internal/buffer/base'));
      const buffer = new FastBuffer(plain.buffer, 0, plain.byteLength);
      this.#deliver(buffer.length, buffer);
      if (this.#isClosed) return;
    }
    if (code !== undefined) this.#fail(code, reason);
    else if (flags & ENDED) this.#endOfInput(EOF);
  }

  #fail(code, reason) {
    this.#failed = code;
    for (const [, done] of this.#waiting.splice(0)) done(ECANCELED);
    this.onerror?.(code, reason);
  }

  #deliver(status, buffer) {
    if (!this.reading || this.#early.length > 0) {
      this.#early.push([status, buffer]);
      return;
    }
    if (status > 0) this.bytesRead += status;
    this.onread(status, buffer);
  }

  /** A server's answer to `ongreeting`. */
  accept(context, requestCert, protocols) {
    this.#handle(ops.tls_accept(this.#id, context, requestCert, protocols));
  }

  readStart() {
    if (this.#isClosed) return -9;
    this.reading = true;
    if (this.#early.length > 0) {
      process.nextTick(() => {
        while (this.#early.length > 0 && this.reading && !this.#isClosed) {
          const [status, buffer] = this.#early.shift();
          if (status > 0) this.bytesRead += status;
          this.onread(status, buffer);
        }
      });
    }
    return this.#hasEnded || this.#inner.reading ? 0 : this.#inner.readStart();
  }

  readStop() {
    this.reading = false;
    // The handshake needs what arrives.
    return this.#isOpen ? this.#inner.readStop() : 0;
  }

  write(chunk, encoding, done) {
    const isText = typeof chunk === 'string' && encoding !== 'utf8' && encoding !== 'utf-8';
    return this.#write([isText ? require('buffer').Buffer.from(chunk, encoding) : chunk], done);
  }

  writev(chunks, done) {
    const { Buffer } = require('buffer');
    return this.#write(chunks.map(({ chunk, encoding }) =>
      (typeof chunk === 'string' && encoding !== 'utf8' ? Buffer.from(chunk, encoding) : chunk)), done);
  }

  #write(chunks, done) {
    if (this.#isClosed) return -9;
    if (this.#failed !== undefined) return -32;
    for (const chunk of chunks) {
      this.bytesWritten += typeof chunk === 'string' ? require('buffer').Buffer.byteLength(chunk) : chunk.byteLength;
    }
    if (!this.#isOpen) {
      this.#waiting.push([chunks, done]);
      return 1;
    }
    return this.#send(ops.tls_write(this.#id, chunks), done);
  }

  /** Writes what waited for the end of the handshake. */
  #flush() {
    for (const [chunks, done] of this.#waiting.splice(0)) {
      if (chunks === undefined) {
        this.#shutdown(done);
        continue;
      }
      const status = this.#send(ops.tls_write(this.#id, chunks), done);
      if (status <= 0) process.nextTick(done, status);
    }
  }

  shutdown(done) {
    if (this.#isClosed) return -107;
    if (this.#failed !== undefined || this.#isOpen) return this.#shutdown(done);
    this.#waiting.push([undefined, done]);
    return 0;
  }

  #shutdown(done) {
    if (this.#failed === undefined) this.#send(ops.tls_end(this.#id));
    return this.#inner.shutdown(done);
  }

  close(callback) {
    if (this.#isClosed) return;
    if (this.#isOpen && this.#failed === undefined) this.#send(ops.tls_end(this.#id));
    this.#end();
    this.#inner.close(() => this.#closed(callback));
  }

  reset(callback) {
    this.#end();
    return this.#inner.reset(() => this.#closed(callback));
  }

  #end() {
    this.#isClosed = true;
    this.reading = false;
    ops.tls_free(this.#id);
  }

  #closed(callback) {
    for (const [, done] of this.#waiting.splice(0)) done(ECANCELED);
    callback?.();
  }

  ref() {
    this.#inner.ref?.();
  }

  unref() {
    this.#inner.unref?.();
  }

  hasRef() {
    return this.#inner.hasRef?.() ?? true;
  }

  getsockname(out) {
    return this.#inner.getsockname?.(out) ?? -22;
  }

  getpeername(out) {
    return this.#inner.getpeername?.(out) ?? -22;
  }

  setNoDelay(on) {
    return this.#inner.setNoDelay?.(on) ?? 0;
  }

  setKeepAlive(...args) {
    return this.#inner.setKeepAlive?.(...args) ?? 0;
  }
}

/** Any Duplex as a handle. */
class DuplexHandle {
  #stream;
  #closed = false;
  reading = false;
  queued = 0;
  onread = undefined;

  constructor(stream) {
    this.#stream = stream;
    stream.pause();
    stream.on('data', (data) => {
      const { Buffer } = require('buffer');
      const buffer = typeof data === 'string' ? Buffer.from(data) : data;
      if (!this.#closed) this.onread(buffer.length, buffer);
    });
    stream.on('end', () => {
      if (!this.#closed) this.onread(EOF, undefined);
    });
    stream.on('close', () => {
      if (!this.#closed) this.onread(EOF, undefined);
    });
    stream.on('error', () => {
      if (!this.#closed) this.onread(ECONNRESET, undefined);
    });
  }

  readStart() {
    this.reading = true;
    this.#stream.resume();
    return 0;
  }

  readStop() {
    this.reading = false;
    this.#stream.pause();
    return 0;
  }

  write(bytes, encoding, done) {
    this.queued += bytes.length;
    this.#stream.write(bytes, (error) => {
      this.queued -= bytes.length;
      done(error ? ECANCELED : 0);
    });
    return 1;
  }

  shutdown(done) {
    this.#stream.end(() => done(0));
    return 0;
  }

  close(callback) {
    this.#closed = true;
    this.#stream.destroy();
    if (callback) setImmediate(callback);
  }

  reset(callback) {
    this.close(callback);
    return 0;
  }
}

module.exports = { DuplexHandle, TLSHandle };
