'use strict';

// `https.Server` (https://nodejs.org/api/https.html#class-httpsserver): a `tls.Server` whose connections speak HTTP.

const { validateObject } = require('internal/validators');
const http = require('internal/http/server');
const tls = require('internal/tls/server');

function Server(options, requestListener) {
  if (!(this instanceof Server)) return new Server(options, requestListener);
  if (typeof options === 'function') {
    requestListener = options;
    options = {};
  } else if (options === undefined || options === null) {
    options = {};
  } else {
    validateObject(options, 'options');
    options = { ...options };
  }
  // Both sides must agree on what is spoken.
  if (!options.ALPNProtocols && !options.ALPNCallback) options.ALPNProtocols = ['http/1.1'];
  options.noDelay ??= true;
  Reflect.apply(http.storeHTTPOptions, this, [options]);
  Reflect.apply(tls.Server, this, [{ ...options, allowHalfOpen: undefined }, onSecureConnection]);
  this.httpAllowHalfOpen = false;
  if (requestListener) this.on('request', requestListener);
  this.on('tlsClientError', onTLSClientError);
  this.on('listening', http.setUpConnectionsTracking);
  this.timeout = 0;
  this.maxHeadersCount = null;
  this.maxRequestsPerSocket = 0;
  this[http.kConnections] = new Set();
  return undefined;
}
Object.setPrototypeOf(Server.prototype, tls.Server.prototype);
Object.setPrototypeOf(Server, tls.Server);

function onSecureConnection(socket) {
  require('internal/http/server_connection').serve(this, socket);
}

function onTLSClientError(error, socket) {
  if (!this.emit('clientError', error, socket)) socket.destroy(error);
}

for (const name of ['closeAllConnections', 'closeIdleConnections', 'setTimeout', 'close', Symbol.asyncDispose]) {
  Server.prototype[name] = http.Server.prototype[name];
}
Server.prototype[Symbol.for('nodejs.rejection')] = http.Server.prototype[Symbol.for('nodejs.rejection')];

module.exports = { Server };
