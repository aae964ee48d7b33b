'use strict';

// `http.Agent` (https://nodejs.org/api/http.html#class-httpagent): keeps connections and hands them to requests.

const net = require('net');
const EventEmitter = require('events');
const { validateNumber, validateOneOf, validateString } = require('internal/validators');
const { AsyncResource } = require('internal/async_resource');

const kOnKeylog = Symbol('onkeylog');
const kRequestOptions = Symbol('requestOptions');
const kResource = Symbol('kRequestAsyncResource');
const kProxyConfig = Symbol('kProxyConfig');
/** Marks the agents of `fetch`. */
const kFetches = Symbol('kFetches');

// A server's `Keep-Alive: timeout=5`.
const TIMEOUT = /^timeout=(\d+)/;

function Agent(options) {
  if (!(this instanceof Agent)) return new Agent(options);
  EventEmitter.call(this);
  this.options = { __proto__: null, ...options };
  this.defaultPort = this.options.defaultPort ?? 80;
  this.protocol = this.options.protocol ?? 'http:';
  this.options.noDelay ??= true;
  // Names lead to addresses, not to sockets in the file system.
  this.options.path = null;
  this.requests = { __proto__: null };
  this.sockets = { __proto__: null };
  this.freeSockets = { __proto__: null };
  this.keepAliveMsecs = this.options.keepAliveMsecs || 1000;
  this.keepAlive = this.options.keepAlive || false;
  this.maxSockets = this.options.maxSockets || Agent.defaultMaxSockets;
  this.maxFreeSockets = this.options.maxFreeSockets || 256;
  this.scheduling = this.options.scheduling || 'lifo';
  this.maxTotalSockets = this.options.maxTotalSockets;
  this.totalSocketCount = 0;
  const buffer = this.options.agentKeepAliveTimeoutBuffer;
  this.agentKeepAliveTimeoutBuffer = typeof buffer === 'number' && buffer >= 0 && Number.isFinite(buffer) ? buffer : 1000;
  const { proxyEnv } = this.options;
  this[kProxyConfig] = proxyEnv ? require('internal/http/proxy').proxyFor(this.protocol, proxyEnv) : null;
  validateOneOf(this.scheduling, 'scheduling', ['fifo', 'lifo']);
  if (this.maxTotalSockets !== undefined) {
    validateNumber(this.maxTotalSockets, 'maxTotalSockets', 1);
  } else {
    this.maxTotalSockets = Infinity;
  }
  this.on('free', (socket, given) => onFree(this, socket, given));
  this.on('newListener', (event) => {
    if (event !== 'keylog' || this[kOnKeylog]) return;
    const emitter = this;
    this[kOnKeylog] = function(line) {
      emitter.emit('keylog', line, this);
    };
    for (const socket of Object.values(this.sockets).flat()) socket.on('keylog', this[kOnKeylog]);
  });
  return undefined;
}
Object.setPrototypeOf(Agent.prototype, EventEmitter.prototype);
Object.setPrototypeOf(Agent, EventEmitter);

Agent.defaultMaxSockets = Infinity;

/** A socket has nothing to do: a request that waits gets it, or it is kept, or it ends. */
function onFree(agent, socket, options) {
  const name = agent.getName(options);
  if (!socket.writable) {
    socket.destroy();
    return;
  }
  const waiting = agent.requests[name];
  if (waiting?.length) {
    const request = waiting.shift();
    if (waiting.length === 0) delete agent.requests[name];
    // It goes on in its own context, not in that of the request before it.
    const resource = request[kResource];
    request[kResource] = undefined;
    if (resource === undefined) setRequestSocket(agent, request, socket);
    else resource.runInAsyncScope(setRequestSocket, undefined, agent, request, socket);
    resource?.emitDestroy();
    return;
  }
  const last = socket._httpMessage;
  if (!last?.shouldKeepAlive || !agent.keepAlive) {
    socket.destroy();
    return;
  }
  const free = agent.freeSockets[name] ?? [];
  const count = free.length + (agent.sockets[name]?.length ?? 0);
  // Requests to others may wait for the slot.
  const isWanted = agent.totalSocketCount >= agent.maxTotalSockets && Object.keys(agent.requests).length > 0;
  const isTooMany = isWanted || agent.totalSocketCount > agent.maxTotalSockets || count > agent.maxSockets ||
    free.length >= agent.maxFreeSockets;
  if (isTooMany || !agent.keepSocketAlive(socket)) {
    socket.destroy();
    return;
  }
  agent.freeSockets[name] = free;
  socket._httpMessage = null;
  agent.removeSocket(socket, options);
  socket.once('error', onFreeSocketError);
  free.push(socket);
}

function onFreeSocketError() {
  // It is of no use to anyone any more; 'close' takes it out of the lists.
}

function setRequestSocket(agent, request, socket) {
  request.onSocket(socket);
  const timeout = request.timeout ?? agent.options.timeout ?? 0;
  if (!timeout || socket.timeout === timeout) return;
  socket.setTimeout(timeout);
}

Agent.prototype.createConnection = function createConnection(...args) {
  const proxy = proxyOf(this, args[0] ?? {});
  if (proxy === null) return net.createConnection(...args);
  return require('internal/http/proxy').connectTo(proxy, args[0]);
};

/** The proxy that a connection with these options goes through, or null. */
function proxyOf(agent, { host, port, socketPath }) {
  const proxy = agent[kProxyConfig];
  return proxy && !socketPath && proxy.isFor(host, port) ? proxy : null;
}

Agent.prototype.getName = function getName(options = {}) {
  const { host, port, localAddress, family, socketPath } = options;
  let name = `${host || 'localhost'}:${port || ''}:${localAddress || ''}`;
  if (family === 4 || family === 6) name += `:${family}`;
  if (socketPath) name += `:${socketPath}`;
  return name;
};

/** The options a connection for a request gets. */
function connectionOptions(agent, options, port, localAddress) {
  let all = options;
  if (typeof all === 'string') all = { __proto__: null, host: all, port, localAddress };
  all = { __proto__: null, ...all, ...agent.options };
  if (options.socketPath) all.path = options.socketPath;
  else if (all.socketPath) all.path = all.socketPath;
  normalizeServerName(all, options);
  return all;
}

Agent.prototype.addRequest = function addRequest(request, options, port, localAddress) {
  options = connectionOptions(this, options, port, localAddress);
  const name = this.getName(options);
  this.sockets[name] ??= [];
  const free = this.freeSockets[name];
  let socket;
  if (free) {
    // Those that broke meanwhile are none.
    while (free.length > 0 && free[0].destroyed) free.shift();
    socket = this.scheduling === 'fifo' ? free.shift() : free.pop();
    if (free.length === 0) delete this.freeSockets[name];
  }
  const used = this.sockets[name].length;
  if (socket) {
    socket._httpMessage = null;
    this.reuseSocket(socket, request);
    setRequestSocket(this, request, socket);
    this.sockets[name].push(socket);
  } else if (used < this.maxSockets && this.totalSocketCount < this.maxTotalSockets) {
    // The slot is taken before the socket is there.
    this.createSocket(request, options, (error, made) => {
      if (error) request.onSocket(made, error);
      else setRequestSocket(this, request, made);
    });
  } else {
    this.requests[name] ??= [];
    request[kRequestOptions] = options;
    request[kResource] = new AsyncResource('QueuedRequest', { requireManualDestroy: true });
    this.requests[name].push(request);
  }
};

Agent.prototype.createSocket = function createSocket(request, options, callback) {
  options = { __proto__: null, ...options, ...this.options };
  if (options.socketPath) options.path = options.socketPath;
  normalizeServerName(options, request);
  const timeout = request.timeout ?? this.options.timeout;
  if (timeout) options.timeout = timeout;
  const name = this.getName(options);
  options._agentKey = name;
  options.encoding = null;
  let isDone = false;
  const onCreate = (error, socket) => {
    if (isDone) return;
    isDone = true;
    if (error) {
      callback(error);
      return;
    }
    this.sockets[name] ??= [];
    this.sockets[name].push(socket);
    this.totalSocketCount++;
    installListeners(this, socket, options);
    callback(null, socket);
  };
  if (this.keepAlive) {
    options.keepAlive = this.keepAlive;
    options.keepAliveInitialDelay = this.keepAliveMsecs;
  }
  let made;
  try {
    made = this.createConnection(options, onCreate);
  } catch (error) {
    onCreate(error);
    return;
  }
  if (made) onCreate(null, made);
};

/** The name that the other side's certificate must bear. */
function normalizeServerName(options, request) {
  if (options.servername || options.servername === '') return;
  let name = options.host;
  const header = request.getHeader?.('host') ?? request.headers?.host;
  if (header !== undefined) {
    validateString(header, 'options.headers.host');
    // `[::1]:80` and `name:80`.
    name = header.startsWith('[') ? header.slice(1, header.indexOf(']') === -1 ? undefined : header.indexOf(']')) : header.split(':', 1)[0];
  }
  options.servername = net.isIP(name) ? '' : name;
}

function installListeners(agent, socket, options) {
  const onSocketFree = () => agent.emit('free', socket, options);
  socket.on('free', onSocketFree);
  const onClose = () => {
    agent.totalSocketCount--;
    agent.removeSocket(socket, options);
  };
  socket.on('close', onClose);
  const onTimeout = () => {
    // Only sockets that wait for a request are given up.
    for (const list of Object.values(agent.freeSockets)) {
      if (list.includes(socket)) {
        socket.destroy();
        return;
      }
    }
  };
  socket.on('timeout', onTimeout);
  const onRemove = () => {
    // Another protocol takes the socket.
    agent.totalSocketCount--;
    agent.removeSocket(socket, options);
    socket.removeListener('close', onClose);
    socket.removeListener('free', onSocketFree);
    socket.removeListener('timeout', onTimeout);
    socket.removeListener('agentRemove', onRemove);
  };
  socket.on('agentRemove', onRemove);
  if (agent[kOnKeylog]) socket.on('keylog', agent[kOnKeylog]);
}

Agent.prototype.removeSocket = function removeSocket(socket, options) {
  const name = this.getName(options);
  const lists = [this.sockets];
  if (!socket.writable) lists.push(this.freeSockets);
  for (const sockets of lists) {
    const index = sockets[name]?.indexOf(socket) ?? -1;
    if (index === -1) continue;
    sockets[name].splice(index, 1);
    if (sockets[name].length === 0) delete sockets[name];
  }
  // A request may wait for the slot.
  let request;
  let given = options;
  if (this.requests[name]?.length) {
    [request] = this.requests[name];
  } else if (this.totalSocketCount < this.maxTotalSockets) {
    for (const other of Object.keys(this.requests)) {
      if (this.sockets[other]?.length) continue;
      [request] = this.requests[other];
      given = request?.[kRequestOptions] ?? options;
      break;
    }
  }
  if (!request || !given) return;
  given = request[kRequestOptions] ?? given;
  const create = () => this.createSocket(request, given, (error, made) => {
    if (error) request.onSocket(made, error);
    else made.emit('free');
  });
  if (request[kResource] === undefined) create();
  else request[kResource].runInAsyncScope(create);
};

Agent.prototype.keepSocketAlive = function keepSocketAlive(socket) {
  socket.setKeepAlive(true, this.keepAliveMsecs);
  socket.unref();
  let timeout = this.options.timeout || 0;
  const hint = socket._httpMessage?.res?.headers['keep-alive'];
  const said = hint === undefined ? null : TIMEOUT.exec(hint);
  if (said) {
    // A little earlier than the server, so that a request does not meet its end.
    const least = Number.parseInt(said[1], 10) * 1000 - this.agentKeepAliveTimeoutBuffer;
    if (least <= 0) return false;
    if (timeout === 0 || least < timeout) timeout = least;
  }
  if (socket.timeout !== timeout) socket.setTimeout(timeout);
  return true;
};

Agent.prototype.reuseSocket = function reuseSocket(socket, request) {
  socket.removeListener('error', onFreeSocketError);
  request.reusedSocket = true;
  socket.ref();
};

Agent.prototype.destroy = function destroy() {
  for (const lists of [this.freeSockets, this.sockets]) {
    for (const sockets of Object.values(lists)) {
      for (const socket of [...sockets]) socket.destroy();
    }
  }
};

/** The environment that global agents take proxies from: the process's if it was started so. */
function globalProxyEnv() {
  const isWanted = require('internal/options').isOn('--use-env-proxy', process.env.NODE_USE_ENV_PROXY === '1');
  if (!isWanted) return undefined;
  require('internal/http/proxy').checkOwnEnv();
  return process.env;
}

/** What the agents are like that serve requests without one of their own. */
const globalOptions = (proxyEnv = globalProxyEnv()) => ({ keepAlive: true, scheduling: 'lifo', timeout: 5000, proxyEnv });

const instances = { globalAgent: new Agent(globalOptions()) };

module.exports = { Agent, globalOptions, globalProxyEnv, instances, kFetches, proxyOf };
