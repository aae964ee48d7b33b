'use strict';

// `http.Server` (https://nodejs.org/api/http.html#class-httpserver).

const net = require('net');
const { codes } = require('internal/errors');
const { startOwn } = require('internal/timers');
const { validateBoolean, validateFunction, validateInteger, validateObject } = require('internal/validators');
const { IncomingMessage } = require('internal/http/incoming');
const { ServerResponse } = require('internal/http/server_response');

const kConnections = Symbol('http.server.connections');
const kCheck = Symbol('http.server.connectionsCheckingInterval');
const kSettings = Symbol('http.server.settings');

function orDefault(value, name, usual, least = 0) {
  if (value === undefined) return usual;
  validateInteger(value, name, least);
  return value;
}

function checkedBoolean(value, name, usual) {
  if (value === undefined) return usual;
  validateBoolean(value, name);
  return value;
}

function checkedClass(value, name, usual) {
  if (value === undefined) return usual;
  validateFunction(value, name);
  return value;
}

/** Takes the options of a server. */
function storeHTTPOptions(options) {
  const { maxHeaderSize } = options;
  this[kSettings] = {
    IncomingMessage: checkedClass(options.IncomingMessage, 'options.IncomingMessage', IncomingMessage),
    ServerResponse: checkedClass(options.ServerResponse, 'options.ServerResponse', ServerResponse),
    unique: options.uniqueHeaders === undefined || options.uniqueHeaders === null ? null : new Set(options.uniqueHeaders.flat().map((name) => name.toLowerCase())),
  };
  this.maxHeaderSize = maxHeaderSize === undefined ? undefined : orDefault(maxHeaderSize, 'maxHeaderSize', 0);
  this.insecureHTTPParser = checkedBoolean(options.insecureHTTPParser, 'options.insecureHTTPParser', undefined);
  const { requestTimeout, headersTimeout } = options;
  this.requestTimeout = orDefault(requestTimeout, 'requestTimeout', 300_000);
  this.headersTimeout = orDefault(headersTimeout, 'headersTimeout', Math.min(60_000, this.requestTimeout));
  if (this.requestTimeout > 0 && this.headersTimeout > 0 && this.headersTimeout > this.requestTimeout) {
    throw new codes.ERR_OUT_OF_RANGE('headersTimeout', '<= requestTimeout', headersTimeout);
  }
  this.keepAliveTimeout = orDefault(options.keepAliveTimeout, 'keepAliveTimeout', 5000);
  this.keepAliveTimeoutBuffer = orDefault(options.keepAliveTimeoutBuffer, 'keepAliveTimeoutBuffer', 1000);
  this.connectionsCheckingInterval = orDefault(options.connectionsCheckingInterval, 'connectionsCheckingInterval', 30_000);
  this.requireHostHeader = checkedBoolean(options.requireHostHeader, 'options.requireHostHeader', true);
  this.joinDuplicateHeaders = checkedBoolean(options.joinDuplicateHeaders, 'options.joinDuplicateHeaders', undefined);
  this.rejectNonStandardBodyWrites = checkedBoolean(options.rejectNonStandardBodyWrites, 'options.rejectNonStandardBodyWrites', false);
  this.optimizeEmptyRequests = checkedBoolean(options.optimizeEmptyRequests, 'options.optimizeEmptyRequests', false);
  const { shouldUpgradeCallback } = options;
  if (shouldUpgradeCallback !== undefined) validateFunction(shouldUpgradeCallback, 'options.shouldUpgradeCallback');
  this.shouldUpgradeCallback = shouldUpgradeCallback ?? function() {
    return this.listenerCount('upgrade') > 0;
  };
}

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
  Reflect.apply(storeHTTPOptions, this, [options]);
  net.Server.call(this, {
    allowHalfOpen: true,
    noDelay: options.noDelay ?? true,
    keepAlive: options.keepAlive,
    keepAliveInitialDelay: options.keepAliveInitialDelay,
    highWaterMark: options.highWaterMark,
    blockList: options.blockList,
  });
  if (requestListener) this.on('request', requestListener);
  // Old habits of `httpd`: https://nodejs.org/api/http.html#serverhttpallowhalfopen.
  this.httpAllowHalfOpen = false;
  this.on('connection', (socket) => require('internal/http/server_connection').serve(this, socket));
  this.on('listening', setUpConnectionsTracking);
  this.timeout = 0;
  this.maxHeadersCount = null;
  this.maxRequestsPerSocket = 0;
  this[kConnections] = new Set();
  return undefined;
}
Object.setPrototypeOf(Server.prototype, net.Server.prototype);
Object.setPrototypeOf(Server, net.Server);

/** Looks for requests that take too long, again and again. */
function setUpConnectionsTracking() {
  this[kConnections] ??= new Set();
  if (this[kCheck]) clearInterval(this[kCheck]);
  this[kCheck] = startOwn('node:http checkConnections', checkConnections, this.connectionsCheckingInterval, [this], true);
}

function checkConnections(server) {
  if (server.headersTimeout === 0 && server.requestTimeout === 0) return;
  const now = performance.now();
  for (const connection of server[kConnections]) {
    const { socket, began, headCame } = connection;
    if (began === 0) continue;
    const late = (limit) => limit > 0 && now - began > limit;
    if (!(headCame ? late(server.requestTimeout) : late(server.headersTimeout) || late(server.requestTimeout))) continue;
    connection.began = 0;
    require('internal/http/server_connection').refuse(server, socket, new codes.ERR_HTTP_REQUEST_TIMEOUT());
  }
}

function stopChecking(server) {
  if (server[kCheck]) clearInterval(server[kCheck]);
}

Object.assign(Server.prototype, {
  close(...args) {
    stopChecking(this);
    this.closeIdleConnections();
    Reflect.apply(net.Server.prototype.close, this, args);
    return this;
  },

  closeAllConnections() {
    for (const { socket } of [...this[kConnections] ?? []]) socket.destroy();
  },

  closeIdleConnections() {
    for (const connection of [...this[kConnections] ?? []]) {
      // A connection on which nothing was said yet is idle, although its time for the first head runs.
      const isIdle = connection.began === 0 || connection.socket.parser?.isIdle;
      if (isIdle && !connection.answering()) connection.socket.destroy();
    }
  },

  setTimeout(msecs, callback) {
    this.timeout = msecs;
    if (callback) this.on('timeout', callback);
    return this;
  },
});

Server.prototype[Symbol.asyncDispose] = function() {
  return new Promise((resolve, reject) => {
    this.close((error) => {
      if (error) reject(error);
      else resolve();
    });
  });
};

Server.prototype[Symbol.for('nodejs.rejection')] = function(error, event, ...args) {
  if (event !== 'request' && event !== 'checkContinue' && event !== 'checkExpectation') {
    Reflect.apply(net.Server.prototype[Symbol.for('nodejs.rejection')] ?? (() => {}), this, [error, event, ...args]);
    return;
  }
  const [, response] = args;
  if (!response.headersSent && !response.writableEnded) {
    // Nothing of what was prepared fits an error.
    for (const name of response.getHeaderNames()) response.removeHeader(name);
    response.statusCode = 500;
    response.end(require('internal/http/constants').STATUS_CODES[500]);
  } else {
    response.destroy();
  }
};

module.exports = { Server, kCheck, kConnections, kServerSettings: kSettings, setUpConnectionsTracking, stopChecking, storeHTTPOptions };
