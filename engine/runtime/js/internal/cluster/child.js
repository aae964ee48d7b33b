'use strict';

// `cluster` in a worker (https://nodejs.org/api/cluster.html): servers and datagram sockets get their handles from the
// primary.

const EventEmitter = require('events');
const path = require('path');
const { Worker } = require('internal/cluster/worker');
const { listen, tell } = require('internal/cluster/messages');

/** Longest that a timer can be. */
const FOREVER = 2 ** 31 - 1;

/** Handles by the primary's key. */
const handles = new Map();
/** Numbers of the servers that listen on one address; two that ask for any port are to get different ones. */
const indexes = new Map();

const cluster = Object.assign(new EventEmitter(), {
  isWorker: true,
  isMaster: false,
  isPrimary: false,
  worker: null,
  Worker,
});

function send(message, callback) {
  return tell(process, message, null, callback);
}

cluster._setupWorker = function() {
  const worker = new Worker({ id: Number(process.env.NODE_UNIQUE_ID) | 0, process, state: 'online' });
  cluster.worker = worker;
  process.once('disconnect', () => {
    worker.emit('disconnect');
    // Without a primary there is nothing to do.
    if (!worker.exitedAfterDisconnect) process.exit(0);
  });
  process.on('internalMessage', listen((message, handle) => {
    if (message.act === 'newconn') onConnection(message, handle);
    else if (message.act === 'disconnect') disconnect(worker, true);
  }));
  send({ act: 'online' });
};

/** The first number that no other server on this address has. */
function takeIndex(key) {
  let taken = indexes.get(key);
  if (taken === undefined) {
    taken = { next: 0, used: new Set() };
    indexes.set(key, taken);
  }
  const index = taken.next++;
  taken.used.add(index);
  return index;
}

function freeIndex(key, index) {
  const taken = indexes.get(key);
  if (taken === undefined) return;
  taken.used.delete(index);
  if (taken.used.size === 0) indexes.delete(key);
}

/** Calls back with an error's number, or a handle for `server` to listen on. */
cluster._getServer = function(server, options, callback) {
  let { address } = options;
  if (options.port < 0 && typeof address === 'string') address = path.resolve(address);
  const place = [address, options.port, options.addressType, options.fd].join(':');
  const index = takeIndex(place);
  const message = { act: 'queryServer', index, data: null, ...options, address };
  if (server._getServerData) message.data = server._getServerData();
  send(message, (reply, handle) => {
    if (typeof server._setServerData === 'function') server._setServerData(reply.data);
    const give = handle ? share : pretend;
    give(reply, handle, () => freeIndex(place, index), callback);
  });
  server.once('listening', () => {
    // It may have been closed at once.
    if (!indexes.has(place)) return;
    cluster.worker.state = 'listening';
    send({ ...message, act: 'listening', port: server.address()?.port || options.port });
  });
};

/** The primary's socket itself. */
function share({ errno, key }, handle, forget, callback) {
  const { close } = handle;
  handle.close = function(...args) {
    send({ act: 'close', key });
    handles.delete(key);
    forget();
    handle.close = close;
    return Reflect.apply(close, handle, args);
  };
  handles.set(key, handle);
  callback(errno, handle);
}

/** The primary listens and sends connections: here stands something that only looks like a handle. */
function pretend({ errno, key, sockname }, handle, forget, callback) {
  if (errno) {
    forget();
    callback(errno, null);
    return;
  }
  // While it is open the process has something to wait for.
  let alive = setInterval(() => {}, FOREVER);
  let isOpen = true;
  const pretended = {
    listen: () => 0,
    ref: () => alive?.ref(),
    unref: () => alive?.unref(),
    hasRef: () => alive?.hasRef() ?? false,
    close(done) {
      if (isOpen) {
        isOpen = false;
        send({ act: 'close', key });
        handles.delete(key);
        forget();
        clearInterval(alive);
        alive = undefined;
      }
      if (typeof done === 'function') process.nextTick(done);
    },
  };
  if (sockname) {
    pretended.getsockname = (out) => {
      if (isOpen) Object.assign(out, sockname);
      return 0;
    };
  }
  handles.set(key, pretended);
  callback(0, pretended);
}

/** The primary has a connection for us. */
function onConnection({ key, seq }, connection) {
  const handle = handles.get(key);
  const server = handle?.owner;
  let accepted = handle !== undefined;
  // Where there are enough already, another worker is asked, unless the server wants to drop them itself.
  if (server && !server.dropMaxConnection && server.maxConnections !== null && server.maxConnections !== undefined) {
    accepted = server._connections < server.maxConnections;
  }
  send({ ack: seq, accepted });
  if (accepted) handle.onconnection(0, connection);
  else connection.close();
}

/** Lets servers end what they are at, then leaves. */
function disconnect(worker, isAsked) {
  worker.exitedAfterDisconnect = true;
  let waiting = 1;
  const done = () => {
    if (--waiting > 0) return;
    if (isAsked) process.disconnect();
    else send({ act: 'exitedAfterDisconnect' }, () => process.disconnect());
  };
  for (const handle of [...handles.values()]) {
    waiting++;
    if (handle.owner) handle.owner.close(done);
    else handle.close(done);
  }
  handles.clear();
  done();
}

Worker.prototype.disconnect = function() {
  if (this.state !== 'disconnecting' && this.state !== 'destroying') {
    this.state = 'disconnecting';
    disconnect(this, false);
  }
  return this;
};

Worker.prototype.destroy = function() {
  if (this.state === 'destroying') return;
  this.exitedAfterDisconnect = true;
  if (!this.isConnected()) {
    process.exit(0);
    return;
  }
  this.state = 'destroying';
  send({ act: 'exitedAfterDisconnect' }, () => process.disconnect());
  process.once('disconnect', () => process.exit(0));
};

module.exports = cluster;
