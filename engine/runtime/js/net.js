'use strict';

// Sockets for streams: TCP and Unix-domain (https://nodejs.org/api/net.html).

const { normalizeArgs } = require('internal/net/arguments');
const families = require('internal/net/families');
const { isIP, isIPv4, isIPv6 } = require('internal/net/ip');
const { Server, createServerHandle } = require('internal/net/server');
const { Socket } = require('internal/net/socket');

function connect(...args) {
  const normal = normalizeArgs(args);
  const [options] = normal;
  const socket = new Socket(options);
  if (options.timeout) socket.setTimeout(options.timeout);
  return socket.connect(normal);
}

function createServer(options, connectionListener) {
  return new Server(options, connectionListener);
}

module.exports = {
  _createServerHandle: createServerHandle,
  _normalizeArgs: normalizeArgs,
  get BlockList() {
    return require('internal/net/block_list').BlockList;
  },
  BoundSocket: undefined,
  get SocketAddress() {
    return require('internal/net/socket_address').SocketAddress;
  },
  connect,
  createConnection: connect,
  createServer,
  isIP,
  isIPv4,
  isIPv6,
  Server,
  Socket,
  Stream: Socket,
  getDefaultAutoSelectFamily: families.getDefaultAutoSelectFamily,
  setDefaultAutoSelectFamily: families.setDefaultAutoSelectFamily,
  getDefaultAutoSelectFamilyAttemptTimeout: families.getDefaultAutoSelectFamilyAttemptTimeout,
  setDefaultAutoSelectFamilyAttemptTimeout: families.setDefaultAutoSelectFamilyAttemptTimeout,
};

ops.util_lazy_property(module.exports, 'BoundSocket', () => require('internal/net/bound_socket').BoundSocket, true);
