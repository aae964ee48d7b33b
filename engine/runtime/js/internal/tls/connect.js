'use strict';

// `tls.connect` (https://nodejs.org/api/tls.html#tlsconnectoptions-callback).

const { codes } = require('internal/errors');
const { normalizeArgs } = require('internal/net/arguments');
const { isIP } = require('internal/net/ip');
const { createSecureContext } = require('internal/tls/context');
const { TLSSocket, connectionReset, start, verifyError } = require('internal/tls/socket');
const { validateFunction, validateNumber } = require('internal/validators');

let hasWarned = false;

/** Whether certificates need not be valid at all. */
function allowUnauthorized() {
  const allow = process.env.NODE_TLS_REJECT_UNAUTHORIZED === '0';
  if (allow && !hasWarned) {
    hasWarned = true;
    process.emitWarning(
      "Setting the NODE_TLS_REJECT_UNAUTHORIZED environment variable to '0' makes TLS connections and HTTPS requests " +
      'insecure by disabling certificate verification.');
  }
  return allow;
}

/** Options may follow the port, or port and host. */
function normalizeConnectArgs(args) {
  const [options, callback] = normalizeArgs(args);
  if (args[1] !== null && typeof args[1] === 'object') Object.assign(options, args[1]);
  else if (args[2] !== null && typeof args[2] === 'object') Object.assign(options, args[2]);
  return [options, callback];
}

/** The handshake of a client is over. */
function onConnectSecure() {
  const options = this._connectOptions;
  // A certificate that was shown is looked at, even if nobody insists.
  let error = verifyError(this._handle, false);
  if (!error && !this.isSessionReused()) {
    const certificate = this.getPeerCertificate(true);
    error = options.checkServerIdentity(hostOf(options), certificate);
  }
  if (error) {
    this.authorized = false;
    this.authorizationError = error.code || error.message;
    if (options.rejectUnauthorized !== false) {
      this.destroy(error);
      return;
    }
  } else {
    this.authorized = true;
  }
  this.secureConnecting = false;
  this.emit('secureConnect');
  this.removeListener('end', onConnectEnd);
}

function hostOf({ servername, host, socket }) {
  return servername || host || socket?._host || 'localhost';
}

/** The connection ended before it was secure. */
function onConnectEnd() {
  if (this._hadError) return;
  const { path, host, port, localAddress } = this._connectOptions;
  this._hadError = true;
  const error = connectionReset('Client network socket disconnected before secure TLS connection was established');
  Object.assign(error, { path, host, port, localAddress });
  this.destroy(error);
}

function connect(...args) {
  const [given, callback] = normalizeConnectArgs(args);
  const { checkServerIdentity } = require('tls');
  const options = {
    rejectUnauthorized: !allowUnauthorized(),
    checkServerIdentity,
    minDHSize: 1024,
    ...given,
  };
  if (!options.keepAlive) options.singleUse = true;
  validateFunction(options.checkServerIdentity, 'options.checkServerIdentity');
  validateNumber(options.minDHSize, 'options.minDHSize', 1);
  const context = options.secureContext || createSecureContext(options);
  const tls = new TLSSocket(options.socket, {
    allowHalfOpen: options.socket ? options.socket.allowHalfOpen : Boolean(options.allowHalfOpen),
    secureContext: context,
    isServer: false,
    requestCert: true,
    rejectUnauthorized: options.rejectUnauthorized !== false,
    ALPNProtocols: options.ALPNProtocols,
    highWaterMark: options.highWaterMark,
    onread: options.onread,
    signal: options.signal,
    noDelay: options.noDelay,
    keepAlive: options.keepAlive,
    keepAliveInitialDelay: options.keepAliveInitialDelay,
    servername: options.servername,
    session: options.session,
  });
  options.rejectUnauthorized = options.rejectUnauthorized !== false;
  Object.defineProperty(tls, '_connectOptions', { __proto__: null, value: options, configurable: true });
  if (callback !== null) tls.once('secureConnect', callback);
  if (options.servername) {
    if (isIP(options.servername)) {
      // https://www.rfc-editor.org/rfc/rfc6066#section-3
      throw new codes.ERR_INVALID_ARG_VALUE(
        'options.servername', options.servername, 'Setting the TLS ServerName to an IP address is not permitted.');
    }
    tls.setServername(options.servername);
  }
  if (!options.socket) {
    if (options.port === undefined && !options.path) {
      throw new codes.ERR_MISSING_ARGS(['options', 'port', 'path']);
    }
    if (options.timeout) tls.setTimeout(options.timeout);
    tls.connect(options, tls._start);
  }
  tls._releaseControl();
  if (options.socket) start(tls);
  tls.on('secure', onConnectSecure);
  tls.prependListener('end', onConnectEnd);
  return tls;
}

module.exports = { allowUnauthorized, connect };
