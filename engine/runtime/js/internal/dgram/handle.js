'use strict';

// A datagram socket of the host's. As the handles of streams, its methods return 0, or the negative number of the error.

const { newAsyncId } = require('internal/async_ids');

const EBADF = -9;
const EINVAL = -22;
const EAGAIN = -11;
const ECANCELED = -125;

class UDP {
  #type;
  /** The host's number; 0 before there is a socket. */
  #id = 0;
  #receiver = 0;
  #refd = true;
  #closed = false;
  #waiting = new Set();
  #asyncId = newAsyncId();
  onmessage = undefined;

  constructor(type) {
    this.#type = type;
  }

  getAsyncId() {
    return this.#asyncId;
  }

  get fd() {
    return this.#id === 0 || this.#closed ? -1 : ops.net_fd(this.#id);
  }

  get _id() {
    return this.#id;
  }

  #made(id) {
    if (id < 0) return id;
    this.#id = id;
    return 0;
  }

  open(fd) {
    return this.#made(ops.dgram_adopt(fd));
  }

  bind(address, port, { reuseAddr, ipv6Only, reusePort }) {
    if (this.#id !== 0) return EINVAL;
    return this.#made(ops.dgram_bind(address, port, reuseAddr, ipv6Only, reusePort));
  }

  /** What arrives goes to `onmessage(status, buffer, from)`. */
  recvStart() {
    this.#receiver = ops.dgram_receive(this.#id, (error, parts) => {
      if (this.#closed) return;
      if (error !== null) {
        this.onmessage(error.errno, undefined, undefined);
        return;
      }
      const [bytes, address, port, family] = parts;
      const { Buffer } = require('buffer');
      const buffer = Buffer.from(bytes.buffer, 0, bytes.byteLength);
      this.onmessage(buffer.length, buffer, { address, family, port, size: buffer.length });
    });
    if (!this.#refd) ops.op_refd(this.#receiver, false);
  }

  recvStop() {
    if (this.#receiver !== 0) ops.op_cancel(this.#receiver);
    this.#receiver = 0;
  }

  connect(address, port) {
    return ops.dgram_connect(this.#id, address, port);
  }

  disconnect() {
    return ops.dgram_connect(this.#id, undefined, undefined);
  }

  /** The number of bytes when they are sent; 0 when `done(status, bytes)` will be called; else the error. */
  send(bytes, address, port, done) {
    if (this.#id === 0 || this.#closed) return { status: EBADF };
    if (this.#waiting.size === 0) {
      const sent = ops.dgram_send(this.#id, bytes, address, port);
      if (sent !== EAGAIN) return { status: sent < 0 ? sent : 1, sent };
    }
    const waiting = { op: 0, done, size: bytes.length };
    this.#waiting.add(waiting);
    waiting.op = ops.dgram_send_later(this.#id, bytes, address, port, (error, sent) => {
      this.#waiting.delete(waiting);
      done(error === null ? 0 : error.errno, sent);
    });
    return { status: 0 };
  }

  getSendQueueSize() {
    let size = 0;
    for (const waiting of this.#waiting) size += waiting.size;
    return size;
  }

  getSendQueueCount() {
    return this.#waiting.size;
  }

  getsockname(out) {
    return this.#name(out, false);
  }

  getpeername(out) {
    return this.#name(out, true);
  }

  #name(out, peer) {
    const name = this.#id === 0 ? EBADF : ops.net_name(this.#id, peer);
    if (typeof name === 'number') return name;
    [out.address, out.port, out.family] = name;
    return 0;
  }

  set(option, value) {
    return this.#id === 0 ? EBADF : ops.dgram_set(this.#id, option, value);
  }

  setMulticastInterface(address) {
    return this.#id === 0 ? EBADF : ops.dgram_set_interface(this.#id, address);
  }

  membership(join, group, iface = '', source = undefined) {
    // As libuv: who joins a group without an address gets any.
    if (this.#id === 0) {
      const any = this.#type === 'udp4' ? '0.0.0.0' : '::';
      const status = this.bind(any, 0, { reuseAddr: true, ipv6Only: false, reusePort: false });
      if (status < 0) return status;
    }
    return ops.dgram_membership(this.#id, join, group, iface, source);
  }

  bufferSize(isSend, size) {
    return this.#id === 0 ? EBADF : ops.dgram_buffer_size(this.#id, isSend, size);
  }

  ref() {
    this.#refd = true;
    if (this.#receiver !== 0) ops.op_refd(this.#receiver, true);
  }

  unref() {
    this.#refd = false;
    if (this.#receiver !== 0) ops.op_refd(this.#receiver, false);
  }

  hasRef() {
    return this.#refd && !this.#closed;
  }

  close(callback) {
    if (this.#closed) return;
    this.#closed = true;
    if (this.#id !== 0) ops.net_close(this.#id, false);
    ops.closing_add(() => {
      if (this.#receiver !== 0) ops.op_cancel(this.#receiver);
      this.#receiver = 0;
      for (const { op, done } of this.#waiting) {
        ops.op_cancel(op);
        done(ECANCELED, 0);
      }
      this.#waiting.clear();
      callback?.();
    });
  }
}

module.exports = { UDP };
