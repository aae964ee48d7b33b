'use strict';

// Servers of HTTP/2 (https://nodejs.org/api/http2.html#class-http2server).

const net = require('net');
const { ServerHttp2Session } = require('internal/http2/sides');
const { checkSettings } = require('internal/http2/settings');

/** So long an idle session may stay. */
const KEEP = Symbol('sessions');

/** Has a server of connections serve sessions. */
function equip(server, options) {
  server[KEEP] = new Set();
  server.timeout = 0;
  server.setTimeout = function(time, callback) {
    this.timeout = time;
    if (callback !== undefined) this.on('timeout', callback);
    return this;
  };
  server.updateSettings = function(settings) {
    options.settings = { ...options.settings, ...checkSettings(settings) };
    for (const session of this[KEEP]) session.settings(settings);
  };
  const { close } = server;
  server.close = function(callback) {
    Reflect.apply(close, this, [callback]);
    for (const session of this[KEEP]) session.close();
    return this;
  };
  server[Symbol.asyncDispose] = function() {
    return new Promise((resolve, reject) => {
      this.close((error) => (error ? reject(error) : resolve()));
    });
  };
  return server;
}

/** A session on a connection that speaks HTTP/2. */
function serve(server, socket, options) {
  socket.on('error', () => {});
  const session = new ServerHttp2Session(options, socket, server);
  server[KEEP].add(session);
  session.once('close', () => server[KEEP].delete(session));
  session.on('stream', (stream, headers, flags, list) => {
    // The script may listen at the session instead.
    if (server.emit('stream', stream, headers, flags, list) || session.listenerCount('stream') > 1) return;
    if (server.listenerCount('request') === 0) stream.respond({ ':status': 404 }, { endStream: true });
  });
  session.on('error', (error) => server.emit('sessionError', error, session));
  if (server.timeout > 0) {
    session.setTimeout(server.timeout, () => {
      if (!server.emit('timeout', session)) session.destroy();
    });
  }
  server.emit('session', session);
}

function withCompat(server, options, listener) {
  if (listener !== undefined) server.on('request', listener);
  server.on('newListener', function onNew(name) {
    if (name !== 'request' && name !== 'checkContinue') return;
    server.removeListener('newListener', onNew);
    attach();
  });
  let isAttached = false;
  const attach = () => {
    if (isAttached) return;
    isAttached = true;
    const { onStream } = require('internal/http2/compat');
    server.on('stream', (stream, headers, flags, list) => onStream(server, options, stream, headers, list));
  };
  if (listener !== undefined) attach();
}

function checked(options) {
  if (typeof options !== 'object' || options === null) {
    const { codes } = require('internal/errors');
    throw new codes.ERR_INVALID_ARG_TYPE('options', 'Object', options);
  }
  const { settings = {} } = options;
  require('internal/validators').validateObject(settings, 'options.settings');
  return { ...options };
}

function createServer(options, listener) {
  if (typeof options === 'function') {
    listener = options;
    options = {};
  }
  const own = checked(options ?? {});
  const server = equip(new net.Server({ ...own, allowHalfOpen: true }), own);
  server.on('connection', (socket) => serve(server, socket, own));
  withCompat(server, own, listener);
  return server;
}

function createSecureServer(options, listener) {
  if (typeof options === 'function') {
    listener = options;
    options = {};
  }
  const own = checked(options ?? {});
  const tls = require('tls');
  const protocols = own.allowHTTP1 ? ['h2', 'http/1.1'] : ['h2'];
  const server = equip(tls.createServer({ ...own, ALPNProtocols: own.ALPNProtocols ?? protocols }), own);
  server.on('secureConnection', (socket) => {
    if (socket.alpnProtocol === 'h2') {
      serve(server, socket, own);
    } else if (own.allowHTTP1) {
      require('http')._connectionListener.call(server, socket);
    } else if (!server.emit('unknownProtocol', socket)) {
      socket.end('HTTP/1.0 403 Forbidden\r\nContent-Type: text/plain\r\n\r\nUnknown ALPN Protocol, expected `h2` to be available.\n' +
        'If this is a HTTP request: The server was not configured with the `allowHTTP1` option or a listener for the `unknownProtocol` event.\n');
    }
  });
  if (own.allowHTTP1) require('internal/http2/http1').prepare(server, own);
  withCompat(server, own, listener);
  return server;
}

/** `http2.performServerHandshake`: a session on a connection that is there already. */
function performServerHandshake(socket, options = {}) {
  return new ServerHttp2Session(checked(options), socket, undefined);
}

module.exports = { createSecureServer, createServer, performServerHandshake };
