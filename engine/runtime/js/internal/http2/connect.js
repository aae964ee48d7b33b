'use strict';

// `http2.connect` (https://nodejs.org/api/http2.html#http2connectauthority-options-listener).

const { codes } = require('internal/errors');
const { ClientHttp2Session } = require('internal/http2/sides');
const { checkSettings } = require('internal/http2/settings');

function connect(authority, options = undefined, listener = undefined) {
  const { URL } = require('url');
  if (typeof options === 'function') {
    listener = options;
    options = undefined;
  }
  const own = { ...options };
  checkSettings(own.settings ?? {});
  const url = typeof authority === 'string' ? new URL(authority) : authority;
  const protocol = url.protocol ?? own.protocol ?? 'https:';
  const isSecure = protocol === 'https:';
  if (!isSecure && protocol !== 'http:') throw new codes.ERR_HTTP2_UNSUPPORTED_PROTOCOL(protocol);
  const port = url.port ? Number(url.port) : isSecure ? 443 : 80;
  const hostname = url.hostname ?? url.host ?? 'localhost';
  const host = hostname.startsWith('[') ? hostname.slice(1, -1) : hostname;
  const isUsual = port === (isSecure ? 443 : 80);
  const session = new ClientHttp2Session(own, isUsual ? hostname : `${hostname}:${port}`, isSecure ? 'https' : 'http');
  if (listener !== undefined) session.once('connect', listener);
  const socket = typeof own.createConnection === 'function' ? own.createConnection(url, own) : open(isSecure, port, host, own);
  session._host = host;
  session._assign(socket);
  const ready = () => {
    if (session.destroyed) {
      socket.destroy();
      return;
    }
    if (socket.encrypted && socket.alpnProtocol !== 'h2' && typeof own.createConnection !== 'function') {
      socket.destroy();
      session.destroy(new codes.ERR_HTTP2_ERROR('h2 is not supported'));
      return;
    }
    socket.removeListener('error', failed);
    session._attach(socket);
    session._start();
    session.emit('connect', session, socket);
  };
  const failed = (error) => session.destroy(error);
  socket.on('error', failed);
  const isOpen = socket.encrypted ? socket.secureConnecting === false : !socket.connecting;
  if (isOpen && typeof own.createConnection === 'function') process.nextTick(ready);
  else socket.once(isSecure && socket.encrypted ? 'secureConnect' : 'connect', ready);
  const { destroy } = session;
  session.destroy = function(...args) {
    if (session.connecting) socket.destroy();
    return Reflect.apply(destroy, session, args);
  };
  return session;
}

function open(isSecure, port, host, options) {
  if (!isSecure) return require('net').connect({ ...options, port, host, allowHalfOpen: true });
  const { isIP } = require('net');
  return require('tls').connect({
    ...options, port, host, ALPNProtocols: ['h2'], servername: options.servername ?? (isIP(host) ? '' : host), allowHalfOpen: true,
  });
}

module.exports = { connect };
