'use strict';

// `https.Agent` (https://nodejs.org/api/https.html#class-httpsagent): an agent whose connections are encrypted, and which
// keeps the sessions of servers, so that the next handshake with one is shorter.

const { Agent: HTTPAgent, kFetches, proxyOf } = require('internal/http/agent');

/** What makes connections differ, in the order in which it stands in their names. */
const PARTS = [
  'ca', 'cert', 'clientCertEngine', 'ciphers', 'key', 'pfx', 'rejectUnauthorized', 'servername', 'minVersion', 'maxVersion',
  'secureProtocol', 'crl', 'honorCipherOrder', 'ecdhCurve', 'dhparam', 'secureOptions', 'sessionIdContext', 'sigalgs',
  'privateKeyIdentifier', 'privateKeyEngine',
];

function Agent(options) {
  if (!(this instanceof Agent)) return new Agent(options);
  options = { __proto__: null, ...options };
  options.defaultPort ??= 443;
  options.protocol ??= 'https:';
  Reflect.apply(HTTPAgent, this, [options]);
  this.maxCachedSessions = this.options.maxCachedSessions;
  if (this.maxCachedSessions === undefined) this.maxCachedSessions = 100;
  this._sessionCache = { map: {}, list: [] };
  return undefined;
}
Object.setPrototypeOf(Agent.prototype, HTTPAgent.prototype);
Object.setPrototypeOf(Agent, HTTPAgent);

/** Arguments may be those of `net.createConnection`. */
function connectionArguments(port, host, options) {
  if (port !== null && typeof port === 'object') options = port;
  else if (host !== null && typeof host === 'object') options = { ...host };
  else if (options === null || typeof options !== 'object') options = {};
  else options = { ...options };
  if (typeof port === 'number') options.port = port;
  if (typeof host === 'string') options.host = host;
  return options;
}

Agent.prototype.createConnection = function createConnection(...args) {
  const options = connectionArguments(...args);
  const key = options._agentKey;
  if (key) {
    const session = this._getSession(key);
    if (session) options.session = session;
  }
  const callback = args.at(-1);
  const proxy = typeof callback === 'function' ? proxyOf(this, options) : null;
  if (proxy === null) return secured(this, options, key);
  const { connectHeaders, fetchHeaders, tunnel } = require('internal/http/proxy');
  const headers = this[kFetches] ? fetchHeaders(proxy) : connectHeaders(proxy, this.keepAlive || Number.isFinite(this.maxSockets));
  tunnel(proxy, options, headers, (error, socket) => {
    if (error) {
      callback(error);
      return;
    }
    // The request gets the connection when it is encrypted, and hears of the proxy's faults as of the server's.
    const made = secured(this, { ...options, socket }, key);
    made.once('error', callback);
    made.once('secureConnect', () => {
      made.removeListener('error', callback);
      callback(null, made);
    });
  });
  return undefined;
};

/** A connection whose session is kept for the next one under the same key. */
function secured(agent, options, key) {
  const socket = require('tls').connect(options);
  if (key) {
    socket.on('session', (session) => agent._cacheSession(key, session));
    // What the other side did not like is not offered again.
    socket.once('close', (hadError) => {
      if (hadError) agent._evictSession(key);
    });
  }
  return socket;
}

Agent.prototype.getName = function getName(options = {}) {
  let name = Reflect.apply(HTTPAgent.prototype.getName, this, [options]);
  for (const part of PARTS) {
    name += ':';
    const value = options[part];
    switch (part) {
      case 'rejectUnauthorized':
        if (value !== undefined) name += value;
        break;
      case 'servername':
        if (value && value !== options.host) name += value;
        break;
      case 'pfx':
        if (value) name += describePfx(value);
        break;
      case 'sigalgs':
        if (value) name += JSON.stringify(value);
        break;
      default:
        if (value) name += value;
    }
  }
  return name;
};

function describePfx(pfx) {
  if (!Array.isArray(pfx)) return pfx;
  return pfx.map((one) => (one?.buf ? `${one.buf}:${one.passphrase}` : String(one))).join(',');
}

Agent.prototype._getSession = function _getSession(key) {
  return this._sessionCache.map[key];
};

Agent.prototype._cacheSession = function _cacheSession(key, session) {
  if (this.maxCachedSessions === 0) return;
  const { map, list } = this._sessionCache;
  if (map[key]) {
    map[key] = session;
    return;
  }
  // The oldest makes room.
  if (list.length >= this.maxCachedSessions) delete map[list.shift()];
  list.push(key);
  map[key] = session;
};

Agent.prototype._evictSession = function _evictSession(key) {
  const { map, list } = this._sessionCache;
  const index = list.indexOf(key);
  if (index === -1) return;
  list.splice(index, 1);
  delete map[key];
};

module.exports = { Agent };
