'use strict';

// `net.Socket` (https://nodejs.org/api/net.html#class-netsocket): a Duplex over a handle of the host's.

const { Duplex } = require('internal/streams/duplex');
const { ErrnoException, codes } = require('internal/errors');
const { EOF, Pipe, TCP } = require('internal/net/handle');
const { isFlowing } = require('internal/streams/readable');
const { refresh, setStreamTimeout, stop } = require('internal/stream_timeout');
const { validateAbortSignal, validateInt32, validateNumber, validateObject } = require('internal/validators');

const ENOTCONN = -107;
const UNSUPPORTED_MODES = ['objectMode', 'readableObjectMode', 'writableObjectMode'];

const kSettings = Symbol('kSettings');
const kBuffer = Symbol('kBuffer');
/** Where a socket has the listener for 'data' that takes what arrives past its buffer. */
const kConsumer = Symbol('kConsumer');
const kBufferCallback = Symbol('kBufferCb');
const kNextBuffer = Symbol('kBufferGen');
const kRest = Symbol('kRest');
const kBytesRead = Symbol('kBytesRead');
const kBytesWritten = Symbol('kBytesWritten');
const kLastQueued = Symbol('lastWriteQueueSize');

/** What a socket without options asks of the system; one object for all of them, which is never changed. */
const USUAL_SETTINGS = Object.freeze({
  noDelay: false, keepAlive: false, delay: 0, interval: 0, probes: 0, typeOfService: undefined,
});

function settingsOf(options) {
  const { noDelay, keepAlive, keepAliveInitialDelay, keepAliveInterval, keepAliveProbes } = options;
  if (!noDelay && !keepAlive && !keepAliveInitialDelay && !keepAliveInterval && !keepAliveProbes) return USUAL_SETTINGS;
  return {
    ...USUAL_SETTINGS,
    noDelay: Boolean(noDelay),
    keepAlive: Boolean(keepAlive),
    // The system counts in seconds.
    delay: Math.max(0, ~~((keepAliveInitialDelay ?? 0) / 1000)),
    interval: Math.max(0, ~~((keepAliveInterval ?? 0) / 1000)),
    probes: Math.max(0, ~~(keepAliveProbes ?? 0)),
  };
}

/** Gives a socket other settings. */
function change(socket, settings) {
  socket[kSettings] = { ...socket[kSettings], ...settings };
}

function noop() {}

/** The handle for a descriptor that is open already. */
function handleOf(fd) {
  validateInt32(fd, 'fd', 0);
  const kind = ops.stdio_kind(fd);
  if (kind === 'PIPE') return new Pipe();
  if (kind === 'TCP') return new TCP();
  throw new codes.ERR_INVALID_FD_TYPE(kind);
}

/** What all sockets tell Duplex. */
const OF_STREAM = Object.freeze({
  // 'close' comes with the end of the handle, and says whether there was an error.
  emitClose: false,
  autoDestroy: true,
  decodeStrings: false,
  signal: undefined,
});

/** The options of a socket that a server accepts, in one piece with what Duplex is told: servers make many. */
class Accepted {
  readable = true;
  writable = true;
  emitClose = OF_STREAM.emitClose;
  autoDestroy = OF_STREAM.autoDestroy;
  decodeStrings = OF_STREAM.decodeStrings;

  constructor(server, handle) {
    this.handle = handle;
    this.allowHalfOpen = Boolean(server.allowHalfOpen);
    this.pauseOnCreate = server.pauseOnConnect;
    this.readableHighWaterMark = server.highWaterMark;
    this.writableHighWaterMark = server.highWaterMark;
  }
}

function Socket(options) {
  if (!(this instanceof Socket)) return new Socket(options);
  // Servers make many sockets: an iterator for each would be the larger part of this.
  for (let i = 0; i < UNSUPPORTED_MODES.length; i++) {
    const mode = UNSUPPORTED_MODES[i];
    if (options?.[mode]) {
      throw new codes.ERR_INVALID_ARG_VALUE(`options.${mode}`, options[mode], 'is not supported');
    }
  }
  if (options?.keepAliveInitialDelay !== undefined) {
    validateNumber(options.keepAliveInitialDelay, 'options.keepAliveInitialDelay');
  }
  const isOwn = options instanceof Accepted;
  if (!isOwn) options = typeof options === 'number' ? { fd: options } : { ...options };
  if (options.onread !== undefined && options.onread !== null) checkOnRead(options.onread);

  this.connecting = false;
  this._hadError = false;
  this._parent = null;
  this._host = null;
  this._closeAfterHandlingError = false;
  this[kLastQueued] = 0;
  this[kBytesRead] = 0;
  this[kBytesWritten] = 0;
  this[kBuffer] = null;
  this[kConsumer] = undefined;
  this[kNextBuffer] = undefined;
  this[kRest] = undefined;
  this[kBufferCallback] = null;
  this[kSettings] = settingsOf(options);
  const { signal } = options;
  Duplex.call(this, isOwn ? options : { ...options, allowHalfOpen: Boolean(options.allowHalfOpen), ...OF_STREAM });

  let isBound = false;
  if (options.handle) {
    const { adopt, isBoundSocket } = require('internal/net/bound_socket');
    isBound = isBoundSocket(options.handle);
    this._handle = isBound ? adopt(options.handle) : options.handle;
  } else if (options.fd !== undefined) {
    const handle = handleOf(options.fd);
    const status = handle.open(options.fd);
    if (status < 0) throw new ErrnoException(status, 'open');
    this._handle = handle;
  }
  const { onread } = options;
  if (onread !== null && typeof onread === 'object' && typeof onread.callback === 'function' &&
    (onread.buffer instanceof Uint8Array || typeof onread.buffer === 'function')) {
    if (typeof onread.buffer === 'function') {
      this[kNextBuffer] = onread.buffer;
      this[kBuffer] = onread.buffer();
    } else {
      this[kBuffer] = onread.buffer;
    }
    this[kBufferCallback] = onread.callback;
  }
  this.on('end', onReadableStreamEnd);
  initSocketHandle(this);
  this._sockname = null;
  this._pendingData = null;
  this._pendingEncoding = '';
  this.server = null;
  this._server = null;

  if (this._handle && !isBound && options.readable !== false && !options.manualStart) {
    if (options.pauseOnCreate) {
      this._handle.readStop();
      this.readableFlowing = false;
    } else {
      this.read(0);
    }
  }
  if (signal) addClientAbortSignal(this, signal);
  return undefined;
}
Object.setPrototypeOf(Socket.prototype, Duplex.prototype);
Object.setPrototypeOf(Socket, Duplex);

function checkOnRead(onread) {
  validateObject(onread, 'options.onread');
}

function addClientAbortSignal(socket, signal) {
  validateAbortSignal(signal, 'signal');
  const { AbortError } = require('internal/errors');
  const abort = () => socket.destroy(new AbortError(undefined, { cause: signal.reason }));
  if (signal.aborted) {
    process.nextTick(abort);
    return;
  }
  const disposable = require('internal/events/abort_listener').addAbortListener(signal, abort);
  socket.once('close', disposable[Symbol.dispose]);
}

/** Begins anew with the handle that the socket has. */
function initSocketHandle(socket) {
  socket._undestroy();
  useHandle(socket);
}

/** What arrives goes to the socket. */
function useHandle(socket) {
  socket._sockname = undefined;
  const handle = socket._handle;
  if (!handle) return;
  handle.owner = socket;
  handle.onread = onHandleRead;
}

/** One function for all handles: servers have very many of them. */
function onHandleRead(status, buffer) {
  onStreamRead(this.owner, this, status, buffer);
}

function onStreamRead(socket, handle, status, buffer) {
  refresh(socket);
  for (let parent = socket._parent; parent; parent = parent._parent) refresh(parent);
  if (status > 0) {
    if (socket.destroyed) return;
    if (consume(socket, buffer)) return;
    const more = socket[kBuffer] === null ? socket.push(buffer) : deliver(socket, buffer);
    if (!more && handle.reading) {
      const failed = handle.readStop();
      if (failed < 0) socket.destroy(new ErrnoException(failed, 'read'));
    }
    return;
  }
  if (status !== EOF) {
    socket.destroy(new ErrnoException(status, 'read'));
    return;
  }
  // The end is read like everything else, unless it was reported already.
  if (socket._readableState.endEmitted) {
    maybeDestroy(socket);
    return;
  }
  socket.on('end', () => maybeDestroy(socket));
  socket.push(null);
  socket.read(0);
}

/**
 * Gives what arrived to the consumer of a socket that flows to nobody else, past its buffer: there is nothing to fill, and
 * no tick that fills it. False when the socket has none, or others are to hear of it.
 */
function consume(socket, buffer) {
  const consumer = socket[kConsumer];
  const events = socket._events;
  if (consumer === undefined || events.data !== consumer || events.readable !== undefined) return false;
  if (!isFlowing(socket._readableState)) return false;
  consumer.call(socket, buffer);
  return true;
}

function maybeDestroy(socket) {
  if (!socket.readable && !socket.writable && !socket.destroyed && !socket.connecting && !socket.writableLength) {
    socket.destroy();
  }
}

/** Gives what arrived to the `onread` callback, in buffers of the script's; false when it wants no more. */
function deliver(socket, bytes) {
  let more = true;
  for (let start = 0; start < bytes.length;) {
    const buffer = socket[kBuffer];
    const part = bytes.subarray(start, start + buffer.byteLength);
    new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.byteLength).set(part);
    start += part.length;
    if (socket[kBufferCallback](part.length, buffer) === false) more = false;
    if (socket[kNextBuffer] !== undefined) socket[kBuffer] = socket[kNextBuffer]();
    if (socket.destroyed) return true;
    if ((!more || !socket._handle?.reading) && start < bytes.length) {
      socket[kRest] = bytes.subarray(start);
      return false;
    }
  }
  return more;
}

/** What is left of the last chunk goes on before more is read. */
function deliverRest(socket) {
  const rest = socket[kRest];
  if (rest === undefined || !socket._handle) return;
  socket[kRest] = undefined;
  if (deliver(socket, rest) && socket[kRest] === undefined && socket._handle?.reading) socket._handle.readStart();
  else if (socket._handle) socket._handle.readStop();
}

function onReadableStreamEnd() {
  if (!this.allowHalfOpen) this.write = writeAfterFIN;
}

/** What `write` is once the other side has ended and this one goes along. */
function writeAfterFIN(chunk, encoding, cb) {
  if (!this.writableEnded) return Reflect.apply(Duplex.prototype.write, this, [chunk, encoding, cb]);
  if (typeof encoding === 'function') cb = encoding;
  const error = Object.assign(new Error('This socket has been ended by the other party'), { code: 'EPIPE' });
  if (typeof cb === 'function') process.nextTick(cb, error);
  this.destroy(error);
  return false;
}

function methods(object, table) {
  for (const [name, value] of Object.entries(table)) {
    Object.defineProperty(object, name, { __proto__: null, value, writable: true, enumerable: true, configurable: true });
  }
}

function getters(object, table) {
  for (const [name, get] of Object.entries(table)) {
    Object.defineProperty(object, name, { __proto__: null, get, enumerable: false, configurable: true });
  }
}

methods(Socket.prototype, {
  /** Something happened: the clock of `setTimeout` starts again. */
  _unrefTimer: function _unrefTimer() {
    for (let socket = this; socket; socket = socket._parent) refresh(socket);
  },

  _final: function(callback) {
    if (this.connecting) {
      this.once('connect', () => this._final(callback));
      return;
    }
    if (!this._handle) {
      callback();
      return;
    }
    const done = (status) => {
      if (status < 0 && status !== ENOTCONN && !this.destroyed) callback(new ErrnoException(status, 'shutdown'));
      else callback();
    };
    const status = this._handle.shutdown(done);
    if (status === 1 || status === ENOTCONN) callback();
    else if (status < 0) callback(new ErrnoException(status, 'shutdown'));
  },

  setTimeout: setStreamTimeout,

  _onTimeout: function() {
    const handle = this._handle;
    // A write that goes on is no idleness.
    const before = this[kLastQueued];
    if (before > 0 && handle) {
      const { queued } = handle;
      if (before !== queued) {
        this[kLastQueued] = queued;
        this._unrefTimer();
        return;
      }
    }
    this.emit('timeout');
  },

  setNoDelay: function(enable) {
    const on = enable === undefined ? true : Boolean(enable);
    const settings = this[kSettings];
    if (!this._handle) {
      change(this, { noDelay: on });
      return this;
    }
    if (this._handle.setNoDelay && on !== settings.noDelay) {
      change(this, { noDelay: on });
      this._handle.setNoDelay(on);
    }
    return this;
  },

  setKeepAlive: function(enable, initialDelayMsecs, intervalMsecs, probes) {
    const on = Boolean(enable);
    const settings = this[kSettings];
    const delay = ~~(initialDelayMsecs / 1000);
    const interval = intervalMsecs === undefined ? settings.interval : ~~(intervalMsecs / 1000);
    const count = probes === undefined ? settings.probes : ~~probes;
    if (!this._handle) {
      change(this, { keepAlive: on, delay, interval, probes: count });
      return this;
    }
    if (!this._handle.setKeepAlive) return this;
    const isOther = on !== settings.keepAlive ||
      (on && (settings.delay !== delay || settings.interval !== interval || settings.probes !== count));
    if (isOther) {
      change(this, { keepAlive: on, delay, interval, probes: count });
      if (on) this._handle.setKeepAlive(true, delay, interval, count);
      else this._handle.setKeepAlive(false);
    }
    return this;
  },

  setTypeOfService: function(typeOfService) {
    if (Number.isNaN(typeOfService)) {
      throw new codes.ERR_INVALID_ARG_TYPE('tos', 'number', typeOfService);
    }
    validateInt32(typeOfService, 'tos', 0, 255);
    const settings = this[kSettings];
    if (!this._handle || this.connecting) {
      change(this, { typeOfService });
      return this;
    }
    if (!this._handle.setTypeOfService || settings.typeOfService === typeOfService) return this;
    change(this, { typeOfService });
    const status = this._handle.setTypeOfService(typeOfService);
    if (status < 0) throw new ErrnoException(status, 'setTypeOfService');
    return this;
  },

  getTypeOfService: function() {
    const { typeOfService } = this[kSettings];
    if (!this._handle || this.connecting) return typeOfService ?? 0;
    if (!this._handle.getTypeOfService) return typeOfService ?? 0;
    const value = this._handle.getTypeOfService();
    if (value < 0) throw new ErrnoException(value, 'getTypeOfService');
    return value;
  },

  address: function() {
    return this._getsockname();
  },

  _read: function(size) {
    if (this.connecting || !this._handle) {
      this.once('connect', () => this._read(size));
    } else if (!this._handle.reading) {
      tryReadStart(this);
    }
  },

  end: function(data, encoding, callback) {
    Reflect.apply(Duplex.prototype.end, this, [data, encoding, callback]);
    return this;
  },

  resetAndDestroy: function() {
    if (!this._handle) {
      this.destroy(new codes.ERR_SOCKET_CLOSED());
    } else if (!(this._handle instanceof TCP)) {
      throw new codes.ERR_INVALID_HANDLE_TYPE();
    } else if (this.connecting) {
      this.once('connect', () => this._reset());
    } else {
      this._reset();
    }
    return this;
  },

  _reset: function() {
    this.resetAndClosing = true;
    return this.destroy();
  },

  pause: function() {
    if (this[kBuffer] !== null && !this.connecting && this._handle?.reading && !this.destroyed) {
      const status = this._handle.readStop();
      if (status < 0) this.destroy(new ErrnoException(status, 'read'));
    }
    return Reflect.apply(Duplex.prototype.pause, this, []);
  },

  resume: function() {
    if (this[kBuffer] !== null && !this.connecting && this._handle && !this._handle.reading) tryReadStart(this);
    return Reflect.apply(Duplex.prototype.resume, this, []);
  },

  read: function(size) {
    if (this[kBuffer] !== null && !this.connecting && this._handle && !this._handle.reading) tryReadStart(this);
    return Reflect.apply(Duplex.prototype.read, this, [size]);
  },

  destroySoon: function() {
    if (this.writable) this.end();
    if (this.writableFinished) this.destroy();
    else this.once('finish', this.destroy);
  },

  _destroy: function(exception, callback) {
    this.connecting = false;
    for (let socket = this; socket; socket = socket._parent) stop(socket);
    const handle = this._handle;
    if (handle) {
      const isException = Boolean(exception);
      this[kBytesRead] = handle.bytesRead;
      this[kBytesWritten] = handle.bytesWritten;
      this._hadError = isException;
      const closed = () => this.emit('close', isException);
      if (this.resetAndClosing) {
        this.resetAndClosing = false;
        const status = handle.reset(closed);
        if (status < 0) this.emit('error', new ErrnoException(status, 'reset'));
      } else {
        handle.close(closed);
      }
      handle.onread = noop;
      this._handle = null;
      this._sockname = null;
      callback(exception);
    } else {
      callback(exception);
      process.nextTick(emitCloseNT, this);
    }
    if (this._server) {
      const server = this._server;
      this._server = null;
      server._connections--;
      server._emitCloseIfDrained?.();
    }
  },

  _getpeername: function() {
    if (!this._handle?.getpeername || this.connecting) return this._peername || {};
    if (!this._peername) {
      const name = {};
      if (this._handle.getpeername(name) < 0) return name;
      this._peername = name;
    }
    return this._peername;
  },

  _getsockname: function() {
    if (!this._handle?.getsockname) return {};
    if (!this._sockname) {
      const name = {};
      // A socket may get an address of its own later.
      if (this._handle.getsockname(name) < 0) return name;
      this._sockname = name;
    }
    return this._sockname;
  },

  _writeGeneric: function(isVector, data, encoding, callback) {
    // What is written before there is a connection waits for it.
    if (this.connecting) {
      this._pendingData = data;
      this._pendingEncoding = encoding;
      const onClose = () => {
        callback(new codes.ERR_SOCKET_CLOSED_BEFORE_CONNECTION());
      };
      this.once('connect', () => {
        this.off('close', onClose);
        this._writeGeneric(isVector, data, encoding, callback);
      });
      this.once('close', onClose);
      return;
    }
    this._pendingData = null;
    this._pendingEncoding = '';
    const handle = this._handle;
    if (!handle) {
      callback(new codes.ERR_SOCKET_CLOSED());
      return;
    }
    this._unrefTimer();
    const done = (status) => {
      this[kLastQueued] = 0;
      if (this.destroyed) {
        callback();
      } else if (status < 0) {
        callback(new ErrnoException(status, 'write'));
      } else {
        this._unrefTimer();
        callback(null);
      }
    };
    const status = isVector ? handle.writev(data, done) : handle.write(data, encoding, done);
    if (status === 0) callback();
    else if (status < 0) callback(new ErrnoException(status, 'write'));
    else this[kLastQueued] = handle.queued;
  },

  _writev: function(chunks, callback) {
    this._writeGeneric(true, chunks, '', callback);
  },

  _write: function(data, encoding, callback) {
    this._writeGeneric(false, data, encoding, callback);
  },

  connect: function(...args) {
    return require('internal/net/connect').connect(this, args);
  },

  ref: function() {
    if (!this._handle) {
      this.once('connect', this.ref);
    } else {
      this._handle.ref?.();
    }
    return this;
  },

  unref: function() {
    if (!this._handle) {
      this.once('connect', this.unref);
    } else {
      this._handle.unref?.();
    }
    return this;
  },
});

function emitCloseNT(socket) {
  socket.emit('close', false);
}

/** Has what arrives reported. */
function tryReadStart(socket) {
  if (socket[kRest] !== undefined) {
    socket._handle.reading = true;
    process.nextTick(deliverRest, socket);
    return;
  }
  const status = socket._handle.readStart();
  if (status < 0) socket.destroy(new ErrnoException(status, 'read'));
}

function lengthOf({ chunk, encoding }) {
  return typeof chunk === 'string' ? require('buffer').Buffer.byteLength(chunk, encoding) : chunk.length;
}

const fields = {
  _connecting() {
    return this.connecting;
  },
  pending() {
    return !this._handle || this.connecting;
  },
  readyState() {
    if (this.connecting) return 'opening';
    if (this.readable && this.writable) return 'open';
    if (this.readable && !this.writable) return 'readOnly';
    if (!this.readable && this.writable) return 'writeOnly';
    return 'closed';
  },
  bufferSize() {
    return this._handle ? this.writableLength : undefined;
  },
  bytesRead() {
    return this._handle ? this._handle.bytesRead : this[kBytesRead];
  },
  _bytesDispatched() {
    return this._handle ? this._handle.bytesWritten : this[kBytesWritten];
  },
  bytesWritten() {
    let bytes = this._bytesDispatched;
    const { writableBuffer } = this;
    if (!writableBuffer) return undefined;
    for (const entry of writableBuffer) bytes += lengthOf(entry);
    const data = this._pendingData;
    if (Array.isArray(data)) {
      for (const entry of data) bytes += lengthOf(entry);
    } else if (data) {
      bytes += lengthOf({ chunk: data, encoding: this._pendingEncoding });
    }
    return bytes;
  },
  remoteAddress() {
    return this._getpeername().address;
  },
  remoteFamily() {
    return this._getpeername().family;
  },
  remotePort() {
    return this._getpeername().port;
  },
  localAddress() {
    return this._getsockname().address;
  },
  localPort() {
    return this._getsockname().port;
  },
  localFamily() {
    return this._getsockname().family;
  },
};
getters(Socket.prototype, fields);

const kHandle = Symbol('kHandle');
Object.defineProperty(Socket.prototype, '_handle', {
  __proto__: null,
  configurable: false,
  enumerable: false,
  get() {
    return this[kHandle];
  },
  set(handle) {
    this[kHandle] = handle;
  },
});
// Streams look for the field; until there is a handle it is null.
Socket.prototype[kHandle] = null;

module.exports = {
  Accepted, Socket, change, getters, handleOf, initSocketHandle, kConsumer, kSettings, methods, useHandle,
};
