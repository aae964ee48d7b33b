'use strict';

// `tls.TLSSocket` (https://nodejs.org/api/tls.html#class-tlstlssocket): a socket over a handle that encrypts.

const { Buffer } = require('buffer');
const { codes } = require('internal/errors');
const { TLSHandle } = require('internal/tls/handle');
const { JSStreamSocket } = require('internal/tls/stream_socket');
const { Socket, getters, methods, useHandle } = require('internal/net/socket');
const { isIP } = require('internal/net/ip');
const { createSecureContext } = require('internal/tls/context');

const kEstablish = require('internal/net/establish').kEstablish;

/** What the codes of a bad certificate mean, as OpenSSL says it. */
const VERDICTS = {
  __proto__: null,
  CERT_CHAIN_TOO_LONG: 'certificate chain too long',
  CERT_HAS_EXPIRED: 'certificate has expired',
  CERT_NOT_YET_VALID: 'certificate is not yet valid',
  CERT_SIGNATURE_FAILURE: 'certificate signature failure',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'self-signed certificate',
  INVALID_CA: 'invalid CA certificate',
  INVALID_PURPOSE: 'unsuitable certificate purpose',
  SELF_SIGNED_CERT_IN_CHAIN: 'self-signed certificate in certificate chain',
  UNABLE_TO_DECODE_ISSUER_PUBLIC_KEY: 'unable to decode issuer public key',
  UNABLE_TO_GET_ISSUER_CERT: 'unable to get issuer certificate',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'unable to get local issuer certificate',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'unable to verify the first certificate',
};

/** For these the system may know an issuer that the program does not. */
const HINTED = new Set(['UNABLE_TO_GET_ISSUER_CERT', 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'SELF_SIGNED_CERT_IN_CHAIN', 'DEPTH_ZERO_SELF_SIGNED_CERT']);
const HINT = '; if the root CA is installed locally, try running Node.js with --use-system-ca';

function withCode(message, code) {
  const error = new Error(message);
  error.code = code;
  return error;
}

/** The error of a bad certificate, or undefined. */
function verifyError(handle, isServer) {
  const code = ops.tls_verify(handle.id, isServer);
  if (code === null) return undefined;
  return withCode(VERDICTS[code] + (HINTED.has(code) ? HINT : ''), code);
}

/** The error of a connection that broke before it was secure. */
function connectionReset(message) {
  return withCode(message, 'ECONNRESET');
}

/** OpenSSL's numbers of the commonest errors. */
const NUMBERS = {
  __proto__: null,
  'no shared cipher': '0A0000C1',
  'unsupported protocol': '0A000102',
  'wrong ssl version': '0A00010A',
  'wrong version number': '0A00010B',
  'ssl/tls alert handshake failure': '0A000410',
  'tlsv1 alert unknown ca': '0A000418',
  'tlsv1 alert protocol version': '0A00042E',
  'tlsv1 alert no application protocol': '0A000460',
};

function openSslError(code, reason) {
  const number = NUMBERS[reason] ?? '0A000000';
  const error = new Error(`error:${number}:SSL routines::${reason}`);
  error.library = 'SSL routines';
  error.reason = reason;
  error.code = code;
  return error;
}

function TLSSocket(socket, opts) {
  const options = { ...opts };
  if (socket !== undefined && socket !== null && typeof socket.pause !== 'function') {
    throw new TypeError('stream.pause is not a function');
  }
  if (options.SNICallback !== undefined && options.SNICallback !== null && options.isServer) {
    require('internal/validators').validateFunction(options.SNICallback, 'options.SNICallback');
  }
  if (options.ALPNProtocols) {
    require('internal/tls/alpn').convertALPNProtocols(options.ALPNProtocols, options);
  }
  this._tlsOptions = options;
  this._secureEstablished = false;
  this._securePending = false;
  this._newSessionPending = false;
  this._controlReleased = false;
  this.secureConnecting = true;
  this._SNICallback = null;
  this.servername = null;
  this.alpnProtocol = null;
  this.authorized = false;
  this.authorizationError = null;
  this._errorEmitted = false;
  this[kStarted] = false;
  Reflect.apply(Socket, this, [{
    allowHalfOpen: socket ? socket.allowHalfOpen : options.allowHalfOpen,
    manualStart: true,
    highWaterMark: options.highWaterMark,
    onread: socket ? undefined : options.onread,
    signal: options.signal,
    noDelay: options.noDelay,
    keepAlive: options.keepAlive,
    keepAliveInitialDelay: options.keepAliveInitialDelay,
  }]);
  // The connection that is made is wrapped before anybody hears of it.
  this[kEstablish] = () => {
    wrap(this, this._handle);
    this.once('connect', () => start(this));
  };
  if (socket) attach(this, socket);
  // Reading drives the handshake.
  if (options.pauseOnConnect) this.pause();
  this.read(0);
  return this;
}
Object.setPrototypeOf(TLSSocket.prototype, Socket.prototype);
Object.setPrototypeOf(TLSSocket, Socket);

const kStarted = Symbol('started');
const kContext = Symbol('context');
const kServername = Symbol('servername');

/** Goes on over a stream that exists already. */
function attach(tls, socket) {
  tls._parent = socket;
  const isNet = socket instanceof Socket;
  const begin = () => {
    const inner = isNet && socket._handle ? socket._handle : new JSStreamSocket(socket)._handle;
    tls.connecting = false;
    if (isNet) tls._host = socket._host;
    const early = isNet ? takeEarly(socket) : [];
    wrap(tls, inner);
    // Nobody calls `connect` here.
    tls.emit('connect');
    start(tls);
    for (const chunk of early) inner.onread(chunk.length, chunk);
  };
  socket.on('error', (error) => {
    // What goes wrong below goes wrong here.
    if (!tls.destroyed) tls.destroy(error);
  });
  socket.on('close', () => {
    if (tls.destroyed) return;
    if (!tls._secureEstablished && !tls._tlsOptions.isServer) tls.destroy(disconnected(tls));
    else tls.destroy();
  });
  tls.on('close', () => socket.destroy());
  if (isNet && !socket.destroyed && (socket.connecting || !socket._handle)) {
    tls.connecting = true;
    socket.once('connect', begin);
  } else if (isNet && !socket._handle) {
    process.nextTick(() => tls.destroy(disconnected(tls)));
  } else {
    const inner = isNet ? socket._handle : new JSStreamSocket(socket)._handle;
    if (isNet) tls._host = socket._host;
    const early = isNet ? takeEarly(socket) : [];
    wrap(tls, inner);
    if (early.length > 0) {
      process.nextTick(() => {
        for (const chunk of early) inner.onread(chunk.length, chunk);
      });
    }
  }
}

/** What the socket has read already belongs to the handshake. */
function takeEarly(socket) {
  const early = [];
  if (socket.readableLength > 0) {
    let chunk;
    while ((chunk = socket.read()) !== null) early.push(require('buffer').Buffer.from(chunk));
  }
  return early;
}

/** Puts encryption in front of a handle. */
function wrap(tls, inner) {
  const options = tls._tlsOptions;
  let id;
  if (options.isServer) {
    id = ops.tls_server();
  } else {
    options.secureContext ??= createSecureContext(options);
    tls[kContext] = options.secureContext;
    const name = tls[kServername] ?? options.servername ?? '';
    const shows = Boolean(name) && isIP(name) === 0;
    const session = sessionNumber(options.session);
    const names = options.alpnNames ?? [];
    id = ops.tls_client(tls[kContext].context.number, name || 'localhost', shows, names, session);
    if (typeof id !== 'number') {
      process.nextTick(() => tls.destroy(openSslError(...id)));
      return;
    }
  }
  const handle = new TLSHandle(inner, id);
  handle.onopen = () => tls._finishInit();
  handle.verifyError = () => verifyError(handle, Boolean(options.isServer)) ?? null;
  handle.onsession = () => tls.emit('session', tls.getSession());
  handle.ongreeting = (name, protocols) => choose(tls, handle, name, protocols);
  handle.onerror = (code, reason) => {
    if (code !== 'ECONNRESET') tls._tlsError(openSslError(code, reason));
    else if (options.isServer) tls.destroy();
    else tls.destroy(disconnected(tls));
  };
  tls._handle = handle;
  if (!tls.destroyed) useHandle(tls);
}

const SESSION = 'Loopscope TLS session ';

/** The number that `getSession` has put into bytes; undefined for others. */
function sessionNumber(session) {
  const text = session ? String(session) : '';
  return text.startsWith(SESSION) ? Number(text.slice(SESSION.length)) : undefined;
}

/** The client's connection was closed before it was secure. */
function disconnected(tls) {
  const options = tls._connectOptions ?? tls._tlsOptions;
  const error = connectionReset('Client network socket disconnected before secure TLS connection was established');
  error.path = options.path;
  error.host = options.host;
  error.port = options.port;
  error.localAddress = options.localAddress;
  return error;
}

/** Begins the handshake. */
function start(tls) {
  if (tls.connecting) {
    tls.once('connect', () => start(tls));
    return;
  }
  const handle = tls._handle;
  if (!(handle instanceof TLSHandle) || tls[kStarted]) return;
  tls[kStarted] = true;
  handle.start();
}

/** A server has to answer a client's first message: which certificate, which protocol. */
function choose(tls, handle, name, offered) {
  const options = tls._tlsOptions;
  tls.servername = name === '' ? false : name;
  const fail = (error) => tls._tlsError(error);
  const accept = (context) => {
    if (tls.destroyed) return;
    const names = protocols(tls, options, name, offered, fail);
    if (names === undefined) return;
    // A callback may have put another one in its place.
    if (context === given) context = options.secureContext;
    tls[kContext] = context;
    const asks = Boolean(options.requestCert) && (options.rejectUnauthorized ? 'required' : true);
    handle.accept(context.context.number, asks, names);
  };
  const given = options.secureContext ??= createSecureContext(options);
  if (name === '' || typeof options.SNICallback !== 'function') {
    accept(given);
    return;
  }
  let called = false;
  Reflect.apply(options.SNICallback, tls, [name, (error, context) => {
    if (called) {
      fail(new codes.ERR_MULTIPLE_CALLBACK());
      return;
    }
    called = true;
    if (error) {
      tls.destroy(error);
    } else if (context !== undefined && context !== null && typeof context?.context?.number !== 'number') {
      if (typeof context.number === 'number') accept({ context });
      else fail(new Error('Invalid SNI context'));
    } else {
      accept(context ?? given);
    }
  }]);
}

/** Protocols that the server may choose from; undefined when that has failed. */
function protocols(tls, options, name, offered, fail) {
  if (typeof options.ALPNCallback !== 'function' || offered.length === 0) return options.alpnNames ?? [];
  const chosen = Reflect.apply(options.ALPNCallback, tls, [{ servername: name, protocols: offered }]);
  // Nothing in common with any client.
  if (chosen === undefined) return ['\u0000'];
  if (!offered.includes(chosen)) {
    fail(new codes.ERR_TLS_ALPN_CALLBACK_INVALID_RESULT(chosen, offered));
    return undefined;
  }
  return [chosen];
}

methods(TLSSocket.prototype, {
  disableRenegotiation: function() {},

  _init: function() {},

  renegotiate: function(options, callback) {
    const { validateFunction, validateObject } = require('internal/validators');
    validateObject(options, 'options');
    if (callback !== undefined) validateFunction(callback, 'callback');
    const error = openSslError('ERR_SSL_WRONG_SSL_VERSION', 'wrong ssl version');
    if (typeof callback === 'function') process.nextTick(callback, error);
    return false;
  },

  exportKeyingMaterial: function(length, label, context) {
    const { validateBuffer, validateString, validateUint32 } = require('internal/validators');
    validateUint32(length, 'length', true);
    validateString(label, 'label');
    if (context !== undefined) validateBuffer(context, 'context');
    if (!this._secureEstablished) throw new codes.ERR_TLS_INVALID_STATE();
    return toBuffer(ops.tls_export(this._handle.id, length, label, context));
  },

  setMaxSendFragment: function(size) {
    require('internal/validators').validateInt32(size, 'size');
    // The smallest and the largest record (https://www.rfc-editor.org/rfc/rfc8446#section-5.1).
    return size >= 512 && size <= 16384;
  },

  _tlsError: function(error) {
    if (this._tlsOptions.isServer && !this._secureEstablished) this.emit('_tlsError', error);
    this.destroy(error);
    return null;
  },

  _emitTLSError: function(error) {
    this._tlsError(error);
  },

  _releaseControl: function() {
    if (this._controlReleased) return false;
    this._controlReleased = true;
    return true;
  },

  _finishInit: function() {
    if (!this._handle) return;
    const [, , , alpn] = ops.tls_status(this._handle.id);
    this.alpnProtocol = alpn ?? false;
    if (!this._tlsOptions.isServer) this.servername = this[kServername] || this._tlsOptions.servername || false;
    this._secureEstablished = true;
    this.emit('secure');
  },

  _start: function() {
    start(this);
  },

  setServername: function(name) {
    const { validateString } = require('internal/validators');
    validateString(name, 'name');
    if (this._tlsOptions.isServer) throw new codes.ERR_TLS_SNI_FROM_SERVER();
    this[kServername] = name;
  },

  _destroySSL: function() {},

  setSession: function(session) {
    this._tlsOptions.session = typeof session === 'string' ? Buffer.from(session, 'latin1') : session;
  },

  getSession: function() {
    if (!(this._handle instanceof TLSHandle) || this._tlsOptions.isServer) return undefined;
    return Buffer.from(`${SESSION}${ops.tls_session(this._handle.id)}`);
  },

  getPeerCertificate: function(detailed) {
    if (!(this._handle instanceof TLSHandle)) return null;
    const { toChain } = require('internal/tls/certificate');
    return toChain(ops.tls_certificates(this._handle.id), Boolean(detailed)) ?? {};
  },

  getCertificate: function() {
    if (!(this._handle instanceof TLSHandle)) return null;
    const { toChain } = require('internal/tls/certificate');
    return toChain(ops.tls_own_certificates(this._handle.id), false) ?? {};
  },

  getPeerX509Certificate: function() {
    return x509(this, () => ops.tls_certificates(this._handle.id));
  },

  getX509Certificate: function() {
    return x509(this, () => ops.tls_own_certificates(this._handle.id));
  },

  getCipher: function() {
    const status = statusOf(this);
    if (!status || status[1] === '') return status === undefined ? null : undefined;
    const [version, name, standardName] = status;
    return { name, standardName, version };
  },

  getSharedSigalgs: function() {
    return [];
  },

  getEphemeralKeyInfo: function() {
    const status = statusOf(this);
    if (!status) return null;
    if (this._tlsOptions.isServer) return null;
    return KEY_INFOS[status[5]] ?? {};
  },

  getFinished: function() {
    return undefined;
  },

  getPeerFinished: function() {
    return undefined;
  },

  getProtocol: function() {
    const status = statusOf(this);
    if (status === undefined) return null;
    return status?.[0] || 'unknown';
  },

  getTLSTicket: function() {
    return undefined;
  },

  isSessionReused: function() {
    return Boolean(statusOf(this)?.[4]);
  },

  enableTrace: function() {},

  setKeyCert: function(context) {
    this._tlsOptions.secureContext = context?.context ? context : createSecureContext(context);
  },
});

const KEY_INFOS = {
  X25519: { type: 'ECDH', name: 'X25519', size: 253 },
  secp256r1: { type: 'ECDH', name: 'prime256v1', size: 256 },
  secp384r1: { type: 'ECDH', name: 'secp384r1', size: 384 },
};

/** What was agreed on; undefined when the connection is gone, null before it began. */
function statusOf(tls) {
  return tls._handle instanceof TLSHandle ? ops.tls_status(tls._handle.id) : undefined;
}

function x509(tls, list) {
  if (!(tls._handle instanceof TLSHandle)) return undefined;
  const [bytes] = list();
  const { X509Certificate } = require('crypto');
  return bytes === undefined || X509Certificate === undefined ? undefined : new X509Certificate(toBuffer(bytes));
}

function toBuffer(bytes) {
  const { Buffer } = require('buffer');
  return bytes === null ? undefined : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

getters(TLSSocket.prototype, {
  encrypted() {
    return true;
  },
  ssl() {
    return this._handle ?? null;
  },
});

module.exports = { TLSSocket, connectionReset, start, verifyError };
