'use strict';

// `tls.Server` (https://nodejs.org/api/tls.html#class-tlsserver).

const { codes } = require('internal/errors');
const net = require('internal/net/server');
const { clearTimeout, setTimeout } = require('timers');
const { createSecureContext } = require('internal/tls/context');
const { convertALPNProtocols } = require('internal/tls/alpn');
const { TLSSocket, connectionReset, verifyError } = require('internal/tls/socket');
const { methods } = require('internal/net/socket');
const { validateFunction, validateNumber } = require('internal/validators');

const HANDSHAKE_TIMEOUT = 120 * 1000;

const kErrorEmitted = Symbol('error-emitted');

function Server(options, listener) {
  if (!(this instanceof Server)) return new Server(options, listener);
  if (typeof options === 'function') {
    listener = options;
    options = {};
  } else if (options === undefined || options === null || typeof options === 'object') {
    options ??= {};
  } else {
    throw new codes.ERR_INVALID_ARG_TYPE('options', 'Object', options);
  }
  this._contexts = [];
  this.requestCert = options.requestCert === true;
  this.rejectUnauthorized = options.rejectUnauthorized !== false;
  this.ALPNCallback = options.ALPNCallback;
  if (this.ALPNCallback && options.ALPNProtocols) throw new codes.ERR_TLS_ALPN_CALLBACK_WITH_PROTOCOLS();
  if (options.ALPNProtocols) convertALPNProtocols(options.ALPNProtocols, this);
  this._handshakeTimeout = options.handshakeTimeout || HANDSHAKE_TIMEOUT;
  validateNumber(this._handshakeTimeout, 'options.handshakeTimeout');
  this._SNICallback = options.SNICallback || ((name, callback) => this._chooseContext(name, callback));
  validateFunction(this._SNICallback, 'options.SNICallback');
  if (options.ALPNCallback !== undefined && options.ALPNCallback !== null) {
    validateFunction(options.ALPNCallback, 'options.ALPNCallback');
  }
  this.setSecureContext(options);
  this._tlsHighWaterMark = options.highWaterMark;
  Reflect.apply(net.Server, this, [options, onConnection]);
  if (listener) this.on('secureConnection', listener);
  return undefined;
}
Object.setPrototypeOf(Server.prototype, net.Server.prototype);
Object.setPrototypeOf(Server, net.Server);

/** A connection that is not secure yet. */
function onConnection(rawSocket) {
  const socket = new TLSSocket(rawSocket, {
    secureContext: this._sharedCreds,
    isServer: true,
    server: this,
    requestCert: this.requestCert,
    rejectUnauthorized: this.rejectUnauthorized,
    ALPNProtocols: this.ALPNProtocols,
    ALPNCallback: this.ALPNCallback,
    SNICallback: this._SNICallback,
    highWaterMark: this._tlsHighWaterMark,
    pauseOnConnect: this.pauseOnConnect,
  });
  socket.server = this;
  socket[kErrorEmitted] = false;
  const timer = setTimeout(() => {
    socket._tlsError(new codes.ERR_TLS_HANDSHAKE_TIMEOUT());
  }, this._handshakeTimeout);
  socket.once('close', () => clearTimeout(timer));
  socket.once('secure', () => clearTimeout(timer));
  socket.on('secure', onServerSocketSecure);
  socket.on('close', onSocketClose);
  socket.on('_tlsError', onSocketTLSError);
  socket.on('error', onEarlyError);
  socket._start();
}

/** Before the handshake is over, errors belong to the server. */
function onEarlyError(error) {
  if (this._controlReleased || this[kErrorEmitted]) return;
  this[kErrorEmitted] = true;
  this._tlsOptions.server.emit('tlsClientError', error, this);
}

function onServerSocketSecure() {
  const options = this._tlsOptions;
  if (options.requestCert) {
    const error = verifyError(this._handle, true);
    if (error) {
      this.authorizationError = error.code;
      if (options.rejectUnauthorized) {
        this.destroy();
        return;
      }
    } else {
      this.authorized = true;
    }
  }
  if (this.destroyed || !this._releaseControl()) return;
  this.removeListener('error', onEarlyError);
  this.secureConnecting = false;
  options.server.emit('secureConnection', this);
}

function onSocketClose() {
  if (this._controlReleased || this[kErrorEmitted]) return;
  this[kErrorEmitted] = true;
  this._tlsOptions.server.emit('tlsClientError', connectionReset('socket hang up'), this);
}

function onSocketTLSError(error) {
  if (this._controlReleased || this[kErrorEmitted]) return;
  this[kErrorEmitted] = true;
  this._tlsOptions.server.emit('tlsClientError', error, this);
}

methods(Server.prototype, {
  setSecureContext: function(options) {
    if (options === null || typeof options !== 'object') {
      throw new codes.ERR_INVALID_ARG_TYPE('options', 'Object', options);
    }
    for (const name of ['key', 'cert', 'ca', 'passphrase', 'ciphers', 'minVersion', 'maxVersion', 'secureProtocol',
      'sigalgs', 'ecdhCurve', 'sessionIdContext', 'sessionTimeout', 'ticketKeys', 'secureOptions']) {
      this[name] = options[name] || undefined;
    }
    this._sharedCreds = options.secureContext ?? createSecureContext(options);
  },

  /** Contexts are chosen by the name that the client asks for; later ones first. */
  _chooseContext: function(servername, callback) {
    for (let i = this._contexts.length - 1; i >= 0; i--) {
      const [pattern, context] = this._contexts[i];
      if (pattern.test(servername)) {
        callback(null, context);
        return;
      }
    }
    callback(null, undefined);
  },

  addContext: function(servername, context) {
    if (!servername) throw new codes.ERR_TLS_REQUIRED_SERVER_NAME();
    const source = servername.replace(/([.^$+?\-\\[\]{}])/g, '\\$1').replaceAll('*', '[^.]*');
    const secureContext = context?.context?.number === undefined ? createSecureContext(context) : context;
    this._contexts.push([new RegExp(`^${source}$`), secureContext]);
  },

  _getServerData: function() {
    return { ticketKeys: this.getTicketKeys().toString('hex') };
  },

  _setServerData: function({ ticketKeys }) {
    this.setTicketKeys(require('buffer').Buffer.from(ticketKeys, 'hex'));
  },

  getTicketKeys: function() {
    this._ticketKeys ??= require('crypto').randomBytes(48);
    return this._ticketKeys;
  },

  setTicketKeys: function(keys) {
    const { validateBuffer } = require('internal/validators');
    validateBuffer(keys, 'buffer');
    this._ticketKeys = keys;
  },
});

Object.defineProperty(Server.prototype, require('events').captureRejectionSymbol, {
  __proto__: null,
  configurable: true,
  enumerable: false,
  writable: true,
  value: function(error, event, socket) {
    if (event === 'secureConnection') socket.destroy(error);
    else Reflect.apply(net.Server.prototype[require('events').captureRejectionSymbol], this, [error, event, socket]);
  },
});

function createServer(options, listener) {
  return new Server(options, listener);
}

module.exports = { Server, createServer };
