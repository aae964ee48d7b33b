'use strict';

// Datagram sockets (https://nodejs.org/api/dgram.html).

const EventEmitter = require('events');
const { ErrnoException, ExceptionWithHostPort, codes, uvErrmapGet } = require('internal/errors');
const { observed, publish } = require('internal/diagnostics/observed');
const { UDP } = require('internal/dgram/handle');
const { isIP } = require('internal/net/ip');
const { toFlags } = require('internal/dgram/create');
const {
  validateAbortSignal, validateFunction, validateNumber, validatePort, validateString, validateUint32,
} = require('internal/validators');

const UNBOUND = 0;
const BINDING = 1;
const BOUND = 2;
const DISCONNECTED = 0;
const CONNECTING = 1;
const CONNECTED = 2;

const BYTES = ['Buffer', 'TypedArray', 'DataView', 'string'];
const ANY = { udp4: '0.0.0.0', udp6: '::' };
const LOCAL = { udp4: '127.0.0.1', udp6: '::1' };

const kState = Symbol('state symbol');

function Socket(type, listener) {
  Reflect.apply(EventEmitter, this, []);
  let options = {};
  if (type !== null && typeof type === 'object') {
    options = type;
    type = options.type;
  }
  const { lookup, recvBufferSize, sendBufferSize, signal } = options;
  if (recvBufferSize !== undefined && recvBufferSize !== null && recvBufferSize !== 0) {
    validateUint32(recvBufferSize, 'options.recvBufferSize');
  }
  if (sendBufferSize !== undefined && sendBufferSize !== null && sendBufferSize !== 0) {
    validateUint32(sendBufferSize, 'options.sendBufferSize');
  }
  for (const name of ['receiveBlockList', 'sendBlockList']) {
    if (options[name] && !require('net').BlockList.isBlockList(options[name])) {
      throw new codes.ERR_INVALID_ARG_TYPE(`options.${name}`, 'net.BlockList', options[name]);
    }
  }
  if (type !== 'udp4' && type !== 'udp6') throw new codes.ERR_SOCKET_BAD_TYPE();
  if (lookup !== undefined) validateFunction(lookup, 'lookup');
  this.type = type;
  if (typeof listener === 'function') this.on('message', listener);
  Object.defineProperty(this, kState, {
    __proto__: null,
    value: {
      handle: new UDP(type),
      receiving: false,
      bindState: UNBOUND,
      connectState: DISCONNECTED,
      queue: undefined,
      lookup: lookup ?? ((...args) => require('dns').lookup(...args)),
      reuseAddr: Boolean(options.reuseAddr),
      reusePort: Boolean(options.reusePort),
      ipv6Only: Boolean(options.ipv6Only),
      recvBufferSize,
      sendBufferSize,
      receiveBlockList: options.receiveBlockList,
      sendBlockList: options.sendBlockList,
    },
  });
  if (signal !== undefined) {
    validateAbortSignal(signal, 'options.signal');
    const onAborted = () => {
      if (this[kState].handle) this.close();
    };
    if (signal.aborted) {
      onAborted();
    } else {
      const disposable = require('internal/events/abort_listener').addAbortListener(signal, onAborted);
      this.once('close', disposable[Symbol.dispose]);
    }
  }
  if (observed.module !== null) publish('udp.socket', { socket: this });
}
Object.setPrototypeOf(Socket.prototype, EventEmitter.prototype);
Object.setPrototypeOf(Socket, EventEmitter);

function createSocket(type, listener) {
  return new Socket(type, listener);
}

/** The handle of a socket that is not closed. */
function handleOf(socket) {
  const { handle } = socket[kState];
  if (!handle) throw new codes.ERR_SOCKET_DGRAM_NOT_RUNNING();
  return handle;
}

/** Looks up a name, or the own machine for none, in the family of the socket. */
function resolve(socket, address, callback) {
  socket[kState].lookup(address || LOCAL[socket.type], socket.type === 'udp4' ? 4 : 6, callback);
}

function onMessage(socket, status, buffer, from) {
  if (status < 0) {
    socket.emit('error', new ErrnoException(status, 'recvmsg'));
    return;
  }
  const { receiveBlockList } = socket[kState];
  if (receiveBlockList?.check(from.address, from.family.toLowerCase())) return;
  socket.emit('message', buffer, from);
}

/** The socket has an address: what arrives is reported from now on. */
function startListening(socket) {
  const state = socket[kState];
  state.handle.onmessage = (status, buffer, from) => onMessage(socket, status, buffer, from);
  state.handle.recvStart();
  state.receiving = true;
  state.bindState = BOUND;
  if (state.recvBufferSize) bufferSize(socket, state.recvBufferSize, false);
  if (state.sendBufferSize) bufferSize(socket, state.sendBufferSize, true);
}

function bufferSize(socket, size, isSend) {
  if (size >>> 0 !== size) throw new codes.ERR_SOCKET_BAD_BUFFER_SIZE();
  const result = handleOf(socket).bufferSize(isSend, size);
  if (result >= 0) return result;
  const [code, message] = uvErrmapGet(result) ?? ['UNKNOWN', 'unknown error'];
  const syscall = isSend ? 'uv_send_buffer_size' : 'uv_recv_buffer_size';
  throw new codes.ERR_SOCKET_BUFFER_SIZE({ errno: result, code, message, syscall });
}

/** Does `act` once the socket has an address. */
function enqueue(socket, act) {
  const state = socket[kState];
  if (state.queue !== undefined) {
    state.queue.push(act);
    return;
  }
  state.queue = [act];
  const onListening = () => {
    socket.removeListener(EventEmitter.errorMonitor, onError);
    const { queue } = state;
    state.queue = undefined;
    for (const next of queue) next();
  };
  const onError = () => {
    socket.removeListener('listening', onListening);
    state.queue = undefined;
  };
  socket.once('listening', onListening);
  socket.once(EventEmitter.errorMonitor, onError);
}

function bindImplicitly(socket) {
  if (socket[kState].bindState === UNBOUND) socket.bind({ port: 0, exclusive: true }, null);
}

/** Binds at once; the error's number when that fails. */
function bindHandle(state, address, port) {
  const { reuseAddr, reusePort, ipv6Only } = state;
  return state.handle.bind(address, port, { reuseAddr, reusePort, ipv6Only });
}

function sliceBuffer(buffer, offset, length) {
  const { Buffer } = require('buffer');
  if (typeof buffer === 'string') buffer = Buffer.from(buffer);
  else if (!ArrayBuffer.isView(buffer)) throw new codes.ERR_INVALID_ARG_TYPE('buffer', BYTES, buffer);
  offset >>>= 0;
  length >>>= 0;
  if (offset > buffer.byteLength) throw new codes.ERR_BUFFER_OUT_OF_BOUNDS('offset');
  if (offset + length > buffer.byteLength) throw new codes.ERR_BUFFER_OUT_OF_BOUNDS('length');
  return Buffer.from(buffer.buffer, buffer.byteOffset + offset, length);
}

function toBytes(item) {
  const { Buffer } = require('buffer');
  if (typeof item === 'string') return Buffer.from(item);
  if (!ArrayBuffer.isView(item)) return undefined;
  return Buffer.from(item.buffer, item.byteOffset, item.byteLength);
}

/** A message in parts: one view, or a list of them. */
function toList(message) {
  if (!Array.isArray(message)) {
    const bytes = toBytes(message);
    if (bytes === undefined) throw new codes.ERR_INVALID_ARG_TYPE('buffer', BYTES, message);
    return [bytes];
  }
  const list = message.map(toBytes);
  if (list.includes(undefined)) throw new codes.ERR_INVALID_ARG_TYPE('buffer list arguments', BYTES, message);
  return list;
}

function doSend(socket, { error, ip, list, address, port, callback }) {
  const state = socket[kState];
  if (error) {
    if (typeof callback === 'function') process.nextTick(callback, error);
    else process.nextTick(() => socket.emit('error', error));
    return;
  }
  if (!state.handle) return;
  if (ip !== undefined && state.sendBlockList?.check(ip, `ipv${isIP(ip)}`)) {
    if (callback) process.nextTick(callback, new codes.ERR_IP_BLOCKED(ip));
    return;
  }
  const { Buffer } = require('buffer');
  const bytes = list.length === 1 ? list[0] : Buffer.concat(list);
  const done = (status, sent) => {
    if (status < 0) callback?.(new ExceptionWithHostPort(status, 'send', address, port));
    else callback?.(null, sent);
  };
  const { status, sent } = state.handle.send(bytes, ip, port, done);
  if (status === 1) {
    if (callback) process.nextTick(callback, null, sent);
  } else if (status < 0 && callback) {
    process.nextTick(callback, new ExceptionWithHostPort(status, 'send', address, port));
  }
}

function doConnect(socket, { error, ip, address, port, callback }) {
  const state = socket[kState];
  if (!state.handle) return;
  if (!error && state.sendBlockList?.check(ip, `ipv${isIP(ip)}`)) error = new codes.ERR_IP_BLOCKED(ip);
  if (!error) {
    const status = state.handle.connect(ip, port);
    if (status < 0) error = new ExceptionWithHostPort(status, 'connect', address, port);
  }
  if (error) {
    state.connectState = DISCONNECTED;
    process.nextTick(() => {
      if (callback) {
        socket.removeListener('connect', callback);
        callback(error);
      } else {
        socket.emit('error', error);
      }
    });
    return;
  }
  state.connectState = CONNECTED;
  process.nextTick(() => socket.emit('connect'));
}

function startConnect(socket, { port, address, callback }) {
  if (callback) socket.once('connect', callback);
  resolve(socket, address, (error, ip) => doConnect(socket, { error, ip, address, port, callback }));
}

function checkNumeric(socket, address, name) {
  validateString(address, name);
  if (isIP(address) === 0) throw new codes.ERR_INVALID_ARG_VALUE(name, address, 'must be a numeric IP address');
}

/** Throws the error of a failed call. */
function check(status, syscall) {
  if (status < 0) throw new ErrnoException(status, syscall);
}

const methods = {
  bind: function(port_, address_) {
    let port = port_;
    const state = this[kState];
    handleOf(this);
    if (state.bindState !== UNBOUND) throw new codes.ERR_SOCKET_ALREADY_BOUND();
    state.bindState = BINDING;
    const callback = arguments.length > 0 ? arguments[arguments.length - 1] : undefined;
    if (typeof callback === 'function') {
      const onError = () => this.removeListener('listening', onListening);
      const onListening = function() {
        this.removeListener('error', onError);
        Reflect.apply(callback, this, []);
      };
      this.once('error', onError);
      this.once('listening', onListening);
    }
    let address;
    let exclusive = state.reusePort;
    if (typeof port === 'function') port = 0;
    if (port instanceof UDP) {
      // One that came from another process.
      replaceHandle(this, port);
      startListening(this);
      process.nextTick(() => {
        if (state.handle) this.emit('listening');
      });
      return this;
    }
    if (port !== null && typeof port === 'object') {
      if (Number.isInteger(port.fd) && port.fd > 0) {
        if (asksPrimary(port.exclusive)) askPrimary(this, { address: null, port: null, fd: port.fd, flags: 0 });
        else bindDescriptor(this, port.fd);
        return this;
      }
      ({ address } = port);
      exclusive ||= Boolean(port.exclusive);
      ({ port } = port);
    } else {
      address = typeof address_ === 'function' ? '' : address_;
    }
    address ||= ANY[this.type];
    resolve(this, address, (error, ip) => {
      if (!state.handle) return;
      if (error) {
        state.bindState = UNBOUND;
        this.emit('error', error);
        return;
      }
      if (asksPrimary(exclusive)) {
        askPrimary(this, { address: ip, port: port || 0, fd: -1, flags: toFlags(state) });
        return;
      }
      const status = bindHandle(state, ip, port || 0);
      if (status < 0) {
        state.bindState = UNBOUND;
        this.emit('error', new ExceptionWithHostPort(status, 'bind', ip, port));
        return;
      }
      startListening(this);
      this.emit('listening');
    });
    return this;
  },

  bindSync: function(options = {}) {
    const state = this[kState];
    handleOf(this);
    if (state.bindState !== UNBOUND) throw new codes.ERR_SOCKET_ALREADY_BOUND();
    const { address = ANY[this.type], port = 0 } = options;
    checkNumeric(this, address, 'options.address');
    validatePort(port, 'options.port');
    const status = bindHandle(state, address, port | 0);
    if (status < 0) throw new ExceptionWithHostPort(status, 'bind', address, port);
    startListening(this);
    process.nextTick(() => {
      if (state.handle) this.emit('listening');
    });
    return this.address();
  },

  connect: function(port, address, callback) {
    port = validatePort(port, 'Port', false);
    if (typeof address === 'function') {
      callback = address;
      address = '';
    } else if (address === undefined) {
      address = '';
    }
    validateString(address, 'address');
    const state = this[kState];
    if (state.connectState !== DISCONNECTED) throw new codes.ERR_SOCKET_DGRAM_IS_CONNECTED();
    handleOf(this);
    state.connectState = CONNECTING;
    bindImplicitly(this);
    if (state.bindState !== BOUND) enqueue(this, () => startConnect(this, { port, address, callback }));
    else startConnect(this, { port, address, callback });
  },

  connectSync: function(port, address) {
    port = validatePort(port, 'Port', false);
    const state = this[kState];
    handleOf(this);
    if (state.connectState !== DISCONNECTED) throw new codes.ERR_SOCKET_DGRAM_IS_CONNECTED();
    address ??= LOCAL[this.type];
    checkNumeric(this, address, 'address');
    if (state.bindState === BINDING) throw new codes.ERR_SOCKET_ALREADY_BOUND();
    if (state.bindState === UNBOUND) this.bindSync();
    const status = state.handle.connect(address, port);
    if (status < 0) throw new ExceptionWithHostPort(status, 'connect', address, port);
    state.connectState = CONNECTED;
    process.nextTick(() => {
      if (state.handle) this.emit('connect');
    });
  },

  disconnect: function() {
    const state = this[kState];
    if (state.connectState !== CONNECTED) throw new codes.ERR_SOCKET_DGRAM_NOT_CONNECTED();
    const status = state.handle.disconnect();
    if (status < 0) throw new ErrnoException(status, 'connect');
    state.connectState = DISCONNECTED;
  },

  sendto: function(buffer, offset, length, port, address, callback) {
    validateNumber(offset, 'offset');
    validateNumber(length, 'length');
    validateNumber(port, 'port');
    validateString(address, 'address');
    this.send(buffer, offset, length, port, address, callback);
  },

  send: function(buffer, offset, length, port, address, callback) {
    const state = this[kState];
    const connected = state.connectState === CONNECTED;
    let list;
    if (!connected) {
      if (address || (port && typeof port !== 'function')) {
        buffer = sliceBuffer(buffer, offset, length);
      } else {
        callback = port;
        port = offset;
        address = length;
      }
    } else {
      if (typeof length === 'number') {
        buffer = sliceBuffer(buffer, offset, length);
        if (typeof port === 'function') {
          callback = port;
          port = null;
        }
      } else {
        callback = offset;
      }
      if (port || address) throw new codes.ERR_SOCKET_DGRAM_IS_CONNECTED();
    }
    list = toList(buffer);
    if (!connected) port = validatePort(port, 'Port', false);
    if (typeof callback !== 'function') callback = undefined;
    if (typeof address === 'function') {
      callback = address;
      address = undefined;
    } else if (address !== undefined && address !== null) {
      validateString(address, 'address');
    }
    handleOf(this);
    bindImplicitly(this);
    if (list.length === 0) list = [require('buffer').Buffer.alloc(0)];
    if (state.bindState !== BOUND) {
      enqueue(this, () => Reflect.apply(this.send, this, connected ?
        [list, callback] : [list, port, address, callback]));
      return;
    }
    if (connected) {
      doSend(this, { ip: undefined, list, callback });
      return;
    }
    resolve(this, address, (error, ip) => doSend(this, { error, ip, list, address, port, callback }));
  },

  close: function(callback) {
    const state = this[kState];
    if (typeof callback === 'function') this.on('close', callback);
    if (state.queue !== undefined) {
      state.queue.push(() => this.close());
      return this;
    }
    handleOf(this).close();
    state.handle = null;
    process.nextTick(socketCloseNT, this);
    return this;
  },

  _handleOrNull: function() {
    return this[kState].handle;
  },

  address: function() {
    const name = {};
    check(handleOf(this).getsockname(name), 'getsockname');
    return inOrder(name);
  },

  remoteAddress: function() {
    const handle = handleOf(this);
    if (this[kState].connectState !== CONNECTED) throw new codes.ERR_SOCKET_DGRAM_NOT_CONNECTED();
    const name = {};
    check(handle.getpeername(name), 'getpeername');
    return inOrder(name);
  },

  setBroadcast: function(value) {
    check(handleOf(this).set('broadcast', value ? 1 : 0), 'setBroadcast');
  },

  setTTL: function(ttl) {
    validateNumber(ttl, 'ttl');
    check(handleOf(this).set('ttl', ttl), 'setTTL');
    return ttl;
  },

  setMulticastTTL: function(ttl) {
    validateNumber(ttl, 'ttl');
    check(handleOf(this).set('multicastTtl', ttl), 'setMulticastTTL');
    return ttl;
  },

  setMulticastLoopback: function(value) {
    check(handleOf(this).set('multicastLoop', value ? 1 : 0), 'setMulticastLoopback');
    return value;
  },

  setMulticastInterface: function(interfaceAddress) {
    const handle = handleOf(this);
    validateString(interfaceAddress, 'interfaceAddress');
    check(handle.setMulticastInterface(interfaceAddress), 'setMulticastInterface');
  },

  addMembership: function(multicastAddress, interfaceAddress) {
    const handle = handleOf(this);
    if (!multicastAddress) throw new codes.ERR_MISSING_ARGS('multicastAddress');
    check(handle.membership(true, multicastAddress, interfaceAddress), 'addMembership');
  },

  dropMembership: function(multicastAddress, interfaceAddress) {
    const handle = handleOf(this);
    if (!multicastAddress) throw new codes.ERR_MISSING_ARGS('multicastAddress');
    check(handle.membership(false, multicastAddress, interfaceAddress), 'dropMembership');
  },

  addSourceSpecificMembership: function(sourceAddress, groupAddress, interfaceAddress) {
    const handle = handleOf(this);
    validateString(sourceAddress, 'sourceAddress');
    validateString(groupAddress, 'groupAddress');
    check(handle.membership(true, groupAddress, interfaceAddress, sourceAddress), 'addSourceSpecificMembership');
  },

  dropSourceSpecificMembership: function(sourceAddress, groupAddress, interfaceAddress) {
    const handle = handleOf(this);
    validateString(sourceAddress, 'sourceAddress');
    validateString(groupAddress, 'groupAddress');
    check(handle.membership(false, groupAddress, interfaceAddress, sourceAddress), 'dropSourceSpecificMembership');
  },

  ref: function() {
    this[kState].handle?.ref();
    return this;
  },

  unref: function() {
    this[kState].handle?.unref();
    return this;
  },

  setRecvBufferSize: function(size) {
    bufferSize(this, size, false);
  },

  setSendBufferSize: function(size) {
    bufferSize(this, size, true);
  },

  getRecvBufferSize: function() {
    return bufferSize(this, 0, false);
  },

  getSendBufferSize: function() {
    return bufferSize(this, 0, true);
  },

  getSendQueueSize: function() {
    return this[kState].handle.getSendQueueSize();
  },

  getSendQueueCount: function() {
    return this[kState].handle.getSendQueueCount();
  },
};
Object.assign(Socket.prototype, methods);

function inOrder({ address, family, port }) {
  return { address, family, port };
}

/** In a worker of a cluster the primary binds, unless the socket is to be the worker's own. */
function asksPrimary(exclusive) {
  return !exclusive && require('internal/cluster/role').cluster !== undefined;
}

function askPrimary(socket, { address, port, fd, flags }) {
  const { cluster } = require('internal/cluster/role');
  const state = socket[kState];
  cluster._getServer(socket, { address, port, addressType: socket.type, fd, flags }, (errno, handle) => {
    if (errno) {
      state.bindState = UNBOUND;
      socket.emit('error', new ExceptionWithHostPort(errno, 'bind', address, port));
      return;
    }
    // It was closed meanwhile.
    if (!state.handle) {
      handle.close();
      return;
    }
    replaceHandle(socket, handle);
    handle.owner = socket;
    startListening(socket);
    socket.emit('listening');
  });
}

/** The socket works on another handle from now on. */
function replaceHandle(socket, handle) {
  const state = socket[kState];
  if (!state.handle.hasRef()) handle.unref();
  state.handle.close();
  state.handle = handle;
}

/** Takes over a descriptor of a datagram socket. */
function bindDescriptor(socket, fd) {
  const state = socket[kState];
  const kind = ops.stdio_kind(fd);
  if (kind !== 'UDP') throw new codes.ERR_INVALID_FD_TYPE(kind);
  const status = state.handle.open(fd);
  if (status < 0) throw new ErrnoException(status, 'open');
  startListening(socket);
  socket.emit('listening');
}

function socketCloseNT(socket) {
  socket.emit('close');
}

Object.defineProperty(Socket.prototype, Symbol.asyncDispose, {
  __proto__: null,
  configurable: true,
  enumerable: false,
  writable: true,
  value: async function() {
    if (!this[kState].handle) return;
    await new Promise((resolved, reject) => {
      this.close((error) => {
        if (error) reject(error);
        else resolved();
      });
    });
  },
});

module.exports = {
  _createSocketHandle: require('internal/dgram/create').createSocketHandle,
  createSocket,
  Socket,
};
