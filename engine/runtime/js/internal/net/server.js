'use strict';

// `net.Server` (https://nodejs.org/api/net.html#class-netserver).

const EventEmitter = require('events');
const { ErrnoException, ExceptionWithHostPort, UVExceptionWithHostPort, codes } = require('internal/errors');
const { Pipe, StreamHandle, TCP } = require('internal/net/handle');
const { isNormalized, isPipeName, normalizeArgs, toNumber } = require('internal/net/arguments');
const { Accepted, Socket, change, getters, handleOf, methods } = require('internal/net/socket');
const { observed, publish, tracing } = require('internal/diagnostics/observed');
const { validateAbortSignal, validateNumber, validatePort } = require('internal/validators');

const DEFAULT_BACKLOG = 511;
const EINVAL = -22;
const EAFNOSUPPORT = -97;

function Server(options, connectionListener) {
  if (!(this instanceof Server)) return new Server(options, connectionListener);
  Reflect.apply(EventEmitter, this, []);
  if (typeof options === 'function') {
    connectionListener = options;
    options = {};
    this.on('connection', connectionListener);
  } else if (options === undefined || options === null || typeof options === 'object') {
    options = { ...options };
    if (typeof connectionListener === 'function') this.on('connection', connectionListener);
  } else {
    throw new codes.ERR_INVALID_ARG_TYPE('options', 'Object', options);
  }
  const { keepAliveInitialDelay, highWaterMark } = options;
  if (keepAliveInitialDelay !== undefined) {
    validateNumber(keepAliveInitialDelay, 'options.keepAliveInitialDelay');
    if (keepAliveInitialDelay < 0) options.keepAliveInitialDelay = 0;
  }
  if (highWaterMark !== undefined) {
    validateNumber(highWaterMark, 'options.highWaterMark');
    if (highWaterMark < 0) options.highWaterMark = require('internal/streams/high_water_mark').getDefaultHighWaterMark(false);
  }
  this._connections = 0;
  this._handle = null;
  this._usingWorkers = false;
  this._workers = [];
  this._unref = false;
  this._listeningId = 1;
  this.allowHalfOpen = options.allowHalfOpen || false;
  this.pauseOnConnect = Boolean(options.pauseOnConnect);
  this.noDelay = Boolean(options.noDelay);
  this.keepAlive = Boolean(options.keepAlive);
  this.keepAliveInitialDelay = ~~(options.keepAliveInitialDelay / 1000);
  this.keepAliveInterval = ~~(options.keepAliveInterval / 1000);
  this.keepAliveProbes = ~~options.keepAliveProbes;
  this.highWaterMark = options.highWaterMark ??
    require('internal/streams/high_water_mark').getDefaultHighWaterMark(false);
  if (options.blockList) {
    const { BlockList } = require('internal/net/block_list');
    if (!BlockList.isBlockList(options.blockList)) {
      throw new codes.ERR_INVALID_ARG_TYPE('options.blockList', 'net.BlockList', options.blockList);
    }
    this.blockList = options.blockList;
  }
  return undefined;
}
Object.setPrototypeOf(Server.prototype, EventEmitter.prototype);
Object.setPrototypeOf(Server, EventEmitter);

const FLAG_IPV6_ONLY = 1;
const FLAG_REUSE_PORT = 2;

/** A bound handle, or the number of the error. */
function createServerHandle(address, port, addressType, fd, flags = 0) {
  if (typeof fd === 'number' && fd >= 0) {
    let handle;
    try {
      handle = handleOf(fd);
    } catch {
      return EINVAL;
    }
    const status = handle.open(fd);
    if (status < 0) return status;
    return handle;
  }
  let status;
  let handle;
  if (port === -1 && addressType === -1) {
    handle = new Pipe(true);
    status = handle.bind(address);
  } else {
    handle = new TCP(true);
    const only6 = (flags & FLAG_IPV6_ONLY) !== 0;
    const share = (flags & FLAG_REUSE_PORT) !== 0;
    if (!address) {
      // Both families if there is IPv6.
      status = handle.bind('::', port, only6, share);
      if (status === EINVAL || status === EAFNOSUPPORT) {
        handle.close();
        return createServerHandle('0.0.0.0', port, 4, undefined, flags);
      }
      if (status >= 0) handle.isAny = true;
    } else {
      status = handle.bind(address, port, only6, share);
    }
  }
  if (status < 0) {
    handle.close();
    return status;
  }
  return handle;
}

/** Tells that a server does not listen after all. */
function failListening(server, error) {
  tracing('net.server.listen')?.error.publish({ server, error });
  process.nextTick(emitErrorNT, server, error);
}

function emitErrorNT(server, error) {
  server.emit('error', error);
}

function emitListeningNT(server) {
  if (server._handle) server.emit('listening');
}

function emitCloseNT(server) {
  server.emit('close');
}

/** A new connection. */
function onConnection(server, status, handle) {
  if (status < 0) {
    server.emit('error', new ErrnoException(status, 'accept'));
    return;
  }
  const isFull = server.maxConnections !== null && server.maxConnections !== undefined &&
    server._connections >= server.maxConnections;
  if (isFull || isBlocked(server, handle)) {
    const info = isFull ? namesOf(handle) : undefined;
    handle.close();
    if (isFull) server.emit('drop', info);
    return;
  }
  const socket = new Socket(new Accepted(server, handle));
  if (server.noDelay && handle.setNoDelay) {
    change(socket, { noDelay: true });
    handle.setNoDelay(true);
  }
  if (server.keepAlive && handle.setKeepAlive) {
    const { keepAliveInitialDelay: delay, keepAliveInterval: interval, keepAliveProbes: probes } = server;
    change(socket, { keepAlive: true, delay, interval, probes });
    handle.setKeepAlive(true, delay, interval, probes);
  }
  server._connections++;
  socket.server = server;
  socket._server = server;
  server.emit('connection', socket);
  if (observed.module !== null) publish('net.server.socket', { socket });
}

function namesOf(handle) {
  if (!handle.getsockname) return undefined;
  const own = {};
  const other = {};
  if (handle.getsockname(own) < 0) return undefined;
  if (handle.getpeername(other) < 0) return undefined;
  return {
    localAddress: own.address,
    localPort: own.port,
    localFamily: own.family,
    remoteAddress: other.address,
    remotePort: other.port,
    remoteFamily: other.family,
  };
}

function isBlocked(server, handle) {
  if (!server.blockList || !handle.getpeername) return false;
  const name = {};
  if (handle.getpeername(name) < 0) return false;
  return server.blockList.check(name.address, name.family === 'IPv6' ? 'ipv6' : 'ipv4');
}

/** Binds and listens. */
function setUpListening(server, { address, port, family, backlog, fd, flags, access }) {
  if (!server._handle) {
    const handle = createServerHandle(address, port, family, fd, flags);
    if (typeof handle === 'number') {
      failListening(server, new UVExceptionWithHostPort(handle, 'listen', address, port));
      return;
    }
    server._handle = handle;
  }
  const handle = server._handle;
  if (handle.isAny) {
    address = '::';
    family = 6;
  }
  server._connectionKey = `${family}:${address}:${port}`;
  handle.owner = server;
  handle.onconnection = (status, connection) => onConnection(server, status, connection);
  if (access !== undefined) handle.fchmod(access);
  const status = handle.listen(backlog || DEFAULT_BACKLOG);
  if (status < 0) {
    const error = new UVExceptionWithHostPort(status, 'listen', address, port);
    handle.close();
    server._handle = null;
    failListening(server, error);
    return;
  }
  if (server._unref) server.unref();
  tracing('net.server.listen')?.asyncEnd.publish({ server });
  process.nextTick(emitListeningNT, server);
}

/** Listens; in a worker of a cluster on what the primary gives, unless the server wants a socket of its own. */
function listenInCluster(server, setup, exclusive) {
  const { cluster } = require('internal/cluster/role');
  if (cluster === undefined || exclusive) {
    setUpListening(server, setup);
    return;
  }
  const { address, port, family, fd, flags, backlog, access = 0 } = setup;
  const listeningId = server._listeningId;
  const query = {
    address, port, addressType: family, fd, flags, backlog, readableAll: (access & 1) !== 0, writableAll: (access & 2) !== 0,
  };
  cluster._getServer(server, query, (errno, handle) => {
    // It was closed meanwhile.
    if (server._listeningId !== listeningId) {
      handle?.close();
      return;
    }
    if (errno) {
      server.emit('error', new ExceptionWithHostPort(errno, 'bind', address, port));
      return;
    }
    server._handle = handle;
    setUpListening(server, { ...setup, fd: undefined, access: undefined });
  });
}

function lookupOrListen(server, host, setup, exclusive) {
  const listeningId = server._listeningId;
  const dns = require('dns');
  dns.lookup(host, { all: true }, (error, addresses) => {
    // It was closed meanwhile.
    if (server._listeningId !== listeningId) return;
    if (error) {
      server.emit('error', error);
      return;
    }
    // A link-local address without a zone leads nowhere.
    const usable = addresses.find((entry) => entry.family !== 6 || !/^fe[89ab]/i.test(entry.address)) ?? addresses[0];
    listenInCluster(server, { ...setup, address: usable.address, family: usable.family }, exclusive);
  });
}

function addServerAbortSignal(server, { signal }) {
  if (signal === undefined) return;
  validateAbortSignal(signal, 'options.signal');
  const onAborted = () => server.close();
  if (signal.aborted) {
    process.nextTick(onAborted);
    return;
  }
  const disposable = require('internal/events/abort_listener').addAbortListener(signal, onAborted);
  server.once('close', disposable[Symbol.dispose]);
}

methods(Server.prototype, {
  listen: function(...args) {
    const normal = isNormalized(args[0]) ? args[0] : normalizeArgs(args);
    let [options, callback] = normal;
    if (this._handle) throw new codes.ERR_SERVER_ALREADY_LISTEN();
    tracing('net.server.listen')?.asyncStart.publish({ server: this, options });
    if (callback !== null) this.once('listening', callback);
    const backlogArgument = toNumber(args.length > 1 && args[1]) || toNumber(args.length > 2 && args[2]);
    options = options._handle || options.handle || options;
    const { adopt, isBoundSocket } = require('internal/net/bound_socket');
    if (isBoundSocket(options)) options = adopt(options);
    const backlog = options.backlog || backlogArgument;
    const flags = (options.ipv6Only ? FLAG_IPV6_ONLY : 0) | (options.reusePort ? FLAG_REUSE_PORT : 0);

    if (options instanceof StreamHandle) {
      this._handle = options;
      setUpListening(this, { address: null, port: -1, family: -1, backlog: backlogArgument });
      return this;
    }
    addServerAbortSignal(this, options);
    const exclusive = Boolean(options.exclusive || options.reusePort);
    if (typeof options.fd === 'number' && options.fd >= 0) {
      listenInCluster(this, { address: null, port: null, family: null, backlog: backlogArgument, fd: options.fd }, exclusive);
      return this;
    }
    // `listen()` and `listen(callback)` take any port.
    const isBare = args.length === 0 || typeof args[0] === 'function' ||
      (options.port === undefined && 'port' in options) || options.port === null;
    if (isBare) options = { ...options, port: 0 };
    if (typeof options.port === 'number' || typeof options.port === 'string') {
      validatePort(options.port, 'options.port');
      const port = options.port | 0;
      const setup = { port, backlog, flags };
      if (options.host) lookupOrListen(this, options.host, setup, exclusive);
      else listenInCluster(this, { ...setup, address: null, family: 4 }, exclusive);
      return this;
    }
    if (options.path && isPipeName(options.path)) {
      const { readableAll, writableAll } = options;
      const access = (readableAll ? 1 : 0) | (writableAll ? 2 : 0);
      this._pipeName = options.path;
      listenInCluster(this, {
        address: options.path, port: -1, family: -1, backlog, access: access === 0 ? undefined : access,
      }, exclusive);
      return this;
    }
    if (!('port' in options || 'path' in options)) {
      throw new codes.ERR_INVALID_ARG_VALUE('options', options, 'must have the property "port" or "path"');
    }
    throw new codes.ERR_INVALID_ARG_VALUE('options', options);
  },

  address: function() {
    const handle = this._handle;
    if (handle?.getsockname) {
      const name = {};
      const status = handle.getsockname(name);
      if (status < 0) throw new ErrnoException(status, 'address');
      return { address: name.address, family: name.family, port: name.port };
    }
    if (handle instanceof Pipe) return ops.net_name(handle._id, false)[0];
    if (handle && this._pipeName !== undefined) return this._pipeName;
    return null;
  },

  getConnections: function(callback) {
    const workers = this._workers;
    let total = this._connections;
    let left = workers.length;
    if (left === 0) {
      process.nextTick(callback, null, total);
      return this;
    }
    for (const worker of workers) {
      worker.getConnections((count) => {
        total += count;
        if (--left === 0) callback(null, total);
      });
    }
    return this;
  },

  /** Connections of this server live in another process from now on; `list` knows of them. */
  _setUpWorker: function(list) {
    this._usingWorkers = true;
    this._workers.push(list);
    list.once('exit', () => {
      const at = this._workers.indexOf(list);
      if (at >= 0) this._workers.splice(at, 1);
    });
  },

  close: function(callback) {
    this._listeningId++;
    if (typeof callback === 'function') {
      if (!this._handle) {
        this.once('close', () => callback(new codes.ERR_SERVER_NOT_RUNNING()));
      } else {
        this.once('close', callback);
      }
    }
    if (this._handle) {
      const path = this._handle.ownsName ? this.address() : '';
      this._handle.close();
      this._handle = null;
      if (path) require('internal/net/remove_name').removeName(path);
    }
    if (!this._usingWorkers || this._workers.length === 0) {
      this._emitCloseIfDrained();
      return this;
    }
    // Connections in other processes count as one until they are all closed.
    let left = this._workers.length;
    this._connections++;
    for (const worker of this._workers) {
      worker.close(() => {
        if (--left > 0) return;
        this._connections--;
        this._emitCloseIfDrained();
      });
    }
    return this;
  },

  _emitCloseIfDrained: function() {
    if (this._handle || this._connections > 0) return;
    process.nextTick(emitCloseNT, this);
  },

  ref: function() {
    this._unref = false;
    this._handle?.ref();
    return this;
  },

  unref: function() {
    this._unref = true;
    this._handle?.unref();
    return this;
  },
});

Object.defineProperty(Server.prototype, EventEmitter.captureRejectionSymbol, {
  __proto__: null,
  configurable: true,
  enumerable: false,
  writable: true,
  value: function(error, event, socket) {
    if (event === 'connection') socket.destroy(error);
    else this.emit('error', error);
  },
});

Object.defineProperty(Server.prototype, Symbol.asyncDispose, {
  __proto__: null,
  configurable: true,
  enumerable: false,
  writable: true,
  value: async function() {
    if (!this._handle) return;
    await new Promise((resolve, reject) => {
      this.close((error) => {
        if (error) reject(error);
        else resolve();
      });
    });
  },
});

getters(Server.prototype, {
  listening() {
    return Boolean(this._handle);
  },
});

module.exports = { Server, createServerHandle };
