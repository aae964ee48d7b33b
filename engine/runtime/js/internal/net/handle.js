'use strict';

// What stands between JavaScript and a socket, pipe or listening socket of the host: one class for all streams, with
// what TCP and Unix-domain sockets have beside it in classes of their own. Methods that cannot wait return 0, or the
// negative number of the error.
//
//   readStart(), readStop()            what arrives goes to `onread(status, buffer)`: a status below 0 is an error,
//                                      or the end (EOF)
//   write(chunk, encoding, done)       0 when the system took everything, 1 when `done(status)` will be called
//   writev(chunks, done)               as write, for `[{ chunk, encoding }, …]`
//   shutdown(done), close(callback), ref(), unref(), hasRef(), bytesRead, bytesWritten, fd
//   writeWith(chunk, handle, done)     as write, of a view that the descriptor of another handle goes with
//   listen(backlog)                    connections go to `onconnection(status, handle)`
//   open(fd)                           takes over a descriptor

const { newAsyncId, running } = require('internal/async_ids');
const { runHooked } = require('internal/ticks');

const EOF = -4095;
const ECANCELED = -125;
const EBADF = -9;
const EINVAL = -22;

let FastBuffer;

/** Whether a string of this encoding is written as the engine holds it. */
const TEXTS = { __proto__: null, utf8: false, 'utf-8': false, latin1: true, binary: true, ascii: true };

function statusOf(error) {
  return error === null ? 0 : error.errno;
}

class StreamHandle {
  /** The host's number; 0 before there is a socket. */
  #id = 0;
  #reader = 0;
  #refd = true;
  #closed = false;
  /** Ends of operations that were not reported yet, if there are any: most connections wait most of the time. */
  #waiting = undefined;
  #asyncId = newAsyncId();
  /** Whether what arrives goes to `onread`. */
  reading = false;
  bytesRead = 0;
  onread = undefined;

  constructor(type) {
    running.hooks?.init(this.#asyncId, type, running.execution, this);
  }

  /** For `async_hooks`: it has a number of its own, whatever operations go on. */
  get isAsyncHandle() {
    return true;
  }

  /** Takes over a host's handle that was just made. */
  static adopt(handle, id) {
    handle.#id = id;
    return handle;
  }

  static id(handle) {
    return handle.#id;
  }

  getAsyncId() {
    return this.#asyncId;
  }

  get fd() {
    return this.#id === 0 || this.#closed ? -1 : ops.net_fd(this.#id);
  }

  get writeQueueSize() {
    return this.queued;
  }

  /** Bytes that the system has not taken yet. */
  queued = 0;

  open(fd) {
    return this._made(ops.net_adopt(fd));
  }

  /** Keeps the number of a new handle; returns the status. */
  _made(id) {
    if (id < 0) return id;
    this.#id = id;
    return 0;
  }

  get _id() {
    return this.#id;
  }

  readStart() {
    if (this.#closed || this.#id === 0) return EBADF;
    this.reading = true;
    if (this.#reader === 0) {
      running.hooks?.announce(this);
      this.#reader = ops.net_read(this.#id, (error, bytes) => this.#arrived(error, bytes), this.ondescriptor !== undefined);
      if (!this.#refd) ops.op_refd(this.#reader, false);
      return 0;
    }
    if (this.#refd) ops.op_refd(this.#reader, true);
    if (this._early !== undefined) process.nextTick(() => this.#deliverEarly());
    return ops.net_pause(this.#id, false);
  }

  readStop() {
    if (!this.reading) return 0;
    this.reading = false;
    if (this.#reader === 0) return 0;
    ops.op_refd(this.#reader, false);
    return ops.net_pause(this.#id, true);
  }

  #arrived(error, bytes) {
    if (Array.isArray(bytes)) {
      for (const fd of bytes[1]) this.ondescriptor(fd);
      [bytes] = bytes;
    }
    let status = 0;
    let buffer;
    if (error !== null) {
      status = error.errno;
    } else if (bytes === null) {
      status = EOF;
    } else {
      FastBuffer ??= (require('buffer'), require('internal/buffer/base').FastBuffer);
      buffer = new FastBuffer(bytes.buffer, 0, bytes.byteLength);
      status = buffer.length;
    }
    if (status < 0) this.#reader = 0;
    if (this.#closed) return;
    if (!this.reading || this._early !== undefined) {
      this._early ??= [];
      this._early.push([status, buffer]);
      return;
    }
    if (status > 0) this.bytesRead += status;
    this.onread(status, buffer);
  }

  #deliverEarly() {
    while (this._early !== undefined && this.reading && !this.#closed) {
      const [status, buffer] = this._early.shift();
      if (this._early.length === 0) this._early = undefined;
      if (status > 0) this.bytesRead += status;
      this.onread(status, buffer);
    }
  }

  write(chunk, encoding, done) {
    if (this.#closed || this.#id === 0) return EBADF;
    if (typeof chunk === 'string') {
      const latin1 = TEXTS[encoding];
      if (latin1 !== undefined) return this.#written(ops.net_write_text(this.#id, chunk, latin1), done);
      chunk = require('buffer').Buffer.from(chunk, encoding);
    }
    return this.#written(ops.net_write(this.#id, chunk), done);
  }

  /** As `write`, of a view that the descriptor of another handle goes with. */
  writeWith(chunk, handle, done) {
    if (this.#closed || this.#id === 0) return EBADF;
    return this.#written(ops.net_send(this.#id, chunk, handle._id), done);
  }

  writev(chunks, done) {
    if (this.#closed || this.#id === 0) return EBADF;
    const list = [];
    for (let { chunk, encoding } of chunks) {
      let latin1 = false;
      if (typeof chunk === 'string') {
        latin1 = TEXTS[encoding];
        if (latin1 === undefined) chunk = require('buffer').Buffer.from(chunk, encoding);
      }
      list.push(chunk, latin1);
    }
    return this.#written(ops.net_writev(this.#id, list), done);
  }

  get bytesWritten() {
    return this.#closed || this.#id === 0 ? this._finallyWritten : ops.net_written(this.#id);
  }

  #written(left, done) {
    if (left <= 0) return left;
    this.queued = left;
    this.#later(done, (callback) => ops.net_flush(this.#id, callback));
    return 1;
  }

  /** Starts an operation with one result; a handle that is closed meanwhile reports ECANCELED. */
  #later(done, start) {
    const waiting = { op: 0, done };
    (this.#waiting ??= new Set()).add(waiting);
    waiting.op = start((error) => {
      this.#waiting?.delete(waiting);
      if (this.#waiting?.size === 0) {
        this.#waiting = undefined;
        this.queued = 0;
      }
      done(statusOf(error));
    });
  }

  shutdown(done) {
    if (this.#closed || this.#id === 0) return -107;
    this.#later(done, (callback) => ops.net_shutdown(this.#id, callback));
    return 0;
  }

  /** Begins to connect `address` (and `port`); `done` is called with the status. */
  _connect(bound, address, port, label, done) {
    if (this.#closed) return EBADF;
    const status = this._made(ops.net_connect(bound, address, port));
    if (status < 0) return status;
    running.hooks?.announce({ address, port }, port === undefined ? 'PIPECONNECTWRAP' : 'TCPCONNECTWRAP');
    this.#later(done, (callback) => ops.net_connected(this.#id, label, callback));
    return 0;
  }

  listen(backlog, access = 0) {
    if (this.#id === 0) return EINVAL;
    const status = ops.net_listen(this.#id, backlog, access);
    if (status < 0) return status;
    running.hooks?.announce(this);
    this._acceptor = ops.net_accept(this.#id, (error, id) => {
      if (error !== null) {
        this._acceptor = 0;
        if (!this.#closed) this.onconnection(error.errno, undefined);
      } else if (this.#closed) {
        ops.net_close(id, false);
      } else {
        this.onconnection(0, StreamHandle.adopt(new this.constructor(), id));
      }
    });
    if (!this.#refd) ops.op_refd(this._acceptor, false);
    return 0;
  }

  ref() {
    this.#refd = true;
    if (this.#reader !== 0 && this.reading) ops.op_refd(this.#reader, true);
    if (this._acceptor !== 0) ops.op_refd(this._acceptor, true);
  }

  unref() {
    this.#refd = false;
    if (this.#reader !== 0) ops.op_refd(this.#reader, false);
    if (this._acceptor !== 0) ops.op_refd(this._acceptor, false);
  }

  hasRef() {
    return this.#refd && !this.#closed;
  }

  close(callback) {
    this.#close(callback, false);
  }

  /** Closes so that the other side sees a broken connection. */
  reset(callback) {
    if (this.#closed) return EBADF;
    return this.#close(callback, true);
  }

  /** Nothing comes any more: the last callback. */
  #ended(callback) {
    const isCalled = typeof callback === 'function';
    if (running.hooks === null) {
      if (isCalled) Reflect.apply(callback, this, []);
    } else if (isCalled) {
      running.execution = this.#asyncId;
      running.resource = this;
      runHooked(this.#asyncId, () => Reflect.apply(callback, this, []));
    } else {
      running.hooks.destroy(this.#asyncId);
    }
  }

  #close(callback, reset) {
    if (this.#closed) {
      if (typeof callback === 'function') ops.closing_add(() => Reflect.apply(callback, this, []));
      return 0;
    }
    if (this.#id !== 0) this._finallyWritten = ops.net_written(this.#id);
    const status = this.#id === 0 ? 0 : ops.net_close(this.#id, reset);
    this.#closed = true;
    this.reading = false;
    // The loop may have results of these operations at hand already: they end when it comes to the closing phase.
    ops.closing_add(() => {
      if (this.#reader !== 0) ops.op_cancel(this.#reader);
      if (this._acceptor !== 0) ops.op_cancel(this._acceptor);
      this.#reader = 0;
      this._acceptor = 0;
      const waiting = this.#waiting ?? [];
      this.#waiting = undefined;
      for (const { op, done } of waiting) {
        ops.op_cancel(op);
        done(ECANCELED);
      }
      this.#ended(callback);
    });
    return status;
  }
}

// What few handles have stands here for all others: servers have very many.
Object.assign(StreamHandle.prototype, {
  /** Of one that listens: the operation. */
  _acceptor: 0,
  /** What came although nobody reads any more: `[status, buffer]`. */
  _early: undefined,
  /** Of one that is closed: the bytes that it has written. */
  _finallyWritten: 0,
  onconnection: undefined,
  /** On a pipe between processes: takes the descriptors that come, each before the bytes that it came with. */
  ondescriptor: undefined,
});

/** A TCP socket, listening or connected. */
class TCP extends StreamHandle {
  constructor(listens = false) {
    super(listens ? 'TCPSERVERWRAP' : 'TCPWRAP');
  }

  bind(address, port, ipv6Only = false, reusePort = false) {
    return this._made(ops.net_bind(address, port, ipv6Only, reusePort));
  }

  connect(address, port, done) {
    const label = address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;
    return this._connect(this._id === 0 ? null : this._id, address, port, label, done);
  }

  setNoDelay(on) {
    return ops.net_no_delay(this._id, on);
  }

  setKeepAlive(on, delay = 0, interval = 0, count = 0) {
    return ops.net_keep_alive(this._id, on, delay, interval, count);
  }

  setTypeOfService(value) {
    return ops.net_set_tos(this._id, value);
  }

  getTypeOfService() {
    return ops.net_tos(this._id);
  }

  getsockname(out) {
    return this.#name(out, false);
  }

  getpeername(out) {
    return this.#name(out, true);
  }

  #name(out, peer) {
    const name = this._id === 0 ? EBADF : ops.net_name(this._id, peer);
    if (typeof name === 'number') return name;
    [out.address, out.port, out.family] = name;
    return 0;
  }
}

/** A Unix-domain socket or pipe, listening or connected. */
class Pipe extends StreamHandle {
  #access = 0;

  constructor(listens = false) {
    super(listens ? 'PIPESERVERWRAP' : 'PIPEWRAP');
  }

  /** The name in the file system came with this handle, and goes with it. */
  ownsName = false;

  bind(path) {
    this.ownsName = true;
    return this._made(ops.net_bind(path, undefined, false, false));
  }

  connect(path, done) {
    return this._connect(this._id === 0 ? null : this._id, path, undefined, path.replaceAll('\0', '@'), done);
  }

  /** Who may use the socket's file besides its owner: readable 1, writable 2. */
  fchmod(mode) {
    this.#access = 0o700 | ((mode & 1) !== 0 ? 0o444 : 0) | ((mode & 2) !== 0 ? 0o222 : 0);
    return 0;
  }

  listen(backlog) {
    return super.listen(backlog, this.#access);
  }
}

module.exports = { ECANCELED, EOF, Pipe, StreamHandle, TCP };
