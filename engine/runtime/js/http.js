'use strict';

// HTTP/1 servers and clients (https://nodejs.org/api/http.html).

const { METHODS, STATUS_CODES } = require('internal/http/constants');
const { validateHeaderName, validateHeaderValue } = require('internal/http/header_checks');
const { Agent, instances } = require('internal/http/agent');
const { ClientRequest } = require('internal/http/client');
const { IncomingMessage } = require('internal/http/incoming');
const { OutgoingMessage } = require('internal/http/outgoing');
const { Server } = require('internal/http/server');
const { ServerResponse } = require('internal/http/server_response');
const { validateInteger } = require('internal/validators');

function createServer(options, requestListener) {
  return new Server(options, requestListener);
}

function request(url, options, callback) {
  return new ClientRequest(url, options, callback);
}

function get(url, options, callback) {
  const made = request(url, options, callback);
  made.end();
  return made;
}

function setMaxIdleHTTPParsers(max) {
  validateInteger(max, 'max', 1);
  require('internal/http/parser').parsers.max = max;
}

module.exports = {
  _connectionListener(socket) {
    require('internal/http/server_connection').serve(this, socket);
  },
  METHODS,
  STATUS_CODES,
  Agent,
  ClientRequest,
  IncomingMessage,
  OutgoingMessage,
  Server,
  ServerResponse,
  createServer,
  setGlobalProxyFromEnv: (...args) => require('internal/http/proxy').setGlobalProxyFromEnv(...args),
  validateHeaderName,
  validateHeaderValue,
  get,
  request,
  setMaxIdleHTTPParsers,
};
Object.defineProperties(module.exports, {
  maxHeaderSize: {
    __proto__: null,
    configurable: true,
    enumerable: true,
    get: require('internal/http/settings').maxHeaderSize,
  },
  globalAgent: {
    __proto__: null,
    configurable: true,
    enumerable: true,
    get() {
      return instances.globalAgent;
    },
    set(value) {
      instances.globalAgent = value;
    },
  },
});
for (const name of ['WebSocket', 'CloseEvent', 'MessageEvent']) {
  Object.defineProperty(module.exports, name, {
    __proto__: null,
    configurable: true,
    enumerable: true,
    get: () => globalThis[name],
  });
}
// Asking for the section tells the user what it can give away.
if (process.env.NODE_DEBUG) void require('internal/util/debuglog').debuglog('http').enabled;
