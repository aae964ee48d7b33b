'use strict';

// Requests by way of a proxy (https://nodejs.org/api/http.html#built-in-proxy-support): whose addresses are named in an
// environment, for whom they count, and how a connection through one is made.

const net = require('net');
const { codes } = require('internal/errors');

/** How many bytes of the proxy's answer are read at most before it is given up. */
const MAX_HEAD = 64 * 1024;

/** The value of a variable in small letters or, if there is none, in capitals. */
const read = (env, name) => env[name] || env[name.toUpperCase()];

class Proxy {
  #exceptions;

  constructor(url, text, exceptions) {
    const { username, password } = url;
    this.protocol = url.protocol;
    this.hostname = url.hostname.startsWith('[') ? url.hostname.slice(1, -1) : url.hostname;
    this.port = Number(url.port) || (url.protocol === 'https:' ? 443 : 80);
    this.authorization = undefined;
    /** How errors call it: without the password. */
    this.shown = text;
    if (username !== '' || password !== '') {
      const words = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
      this.authorization = `Basic ${Buffer.from(words).toString('base64')}`;
      url.username = url.password = '';
      this.shown = url.href;
    }
    this.#exceptions = exceptions;
  }

  /** Whether requests to this host and port go through the proxy. */
  isFor(host, port) {
    const name = `${host}`.toLowerCase();
    return !this.#exceptions.some((exception) => exception(name, Number(port)));
  }
}

/** `127.0.0.1-127.0.0.9` as a check, or undefined. */
function rangeCheck(word) {
  const [first, last, ...more] = word.split('-');
  if (more.length > 0 || !net.isIPv4(first) || !net.isIPv4(last ?? '')) return undefined;
  const list = new net.BlockList();
  list.addRange(first, last);
  return (name) => net.isIPv4(name) && list.check(name);
}

/** One word of `NO_PROXY` as a check of name and port. */
function exceptionOf(word) {
  if (word === '*') return () => true;
  const range = rangeCheck(word);
  if (range !== undefined) return range;
  if (net.isIPv6(word)) return (name) => name === word;
  const colon = word.lastIndexOf(':');
  if (colon > 0 && /^\d+$/.test(word.slice(colon + 1))) {
    const port = Number(word.slice(colon + 1));
    const isName = exceptionOf(word.slice(0, colon));
    return (name, asked) => asked === port && isName(name, asked);
  }
  if (word.startsWith('*.')) return (name) => name.endsWith(word.slice(1));
  if (word.startsWith('.')) return (name) => name.endsWith(word) || name === word.slice(1);
  return (name) => name === word;
}

/** The proxy that an environment names for requests of a protocol (`http:`), or null. */
function proxyFor(protocol, env) {
  if (env === null || env === undefined) return null;
  const text = read(env, `${protocol.slice(0, -1)}_proxy`);
  if (!text) return null;
  const wrong = () => new codes.ERR_PROXY_INVALID_CONFIG(`Invalid proxy URL: ${text}`);
  if (`${text}`.includes('\r') || `${text}`.includes('\n')) throw wrong();
  if (!/^https?:\/\//.test(text)) return null;
  const { URL } = require('internal/url');
  if (!URL.canParse(text)) throw wrong();
  const words = (read(env, 'no_proxy') ?? '').split(',').map((word) => word.trim().toLowerCase());
  return new Proxy(new URL(text), text, words.filter((word) => word !== '').map(exceptionOf));
}

/** A connection to the proxy itself, made with what `options` say of connections. */
function connectTo(proxy, options) {
  const { lookup, family, hints, localAddress, localPort, timeout, keepAlive, keepAliveInitialDelay, noDelay, ca } = options;
  const own = {
    __proto__: null, host: proxy.hostname, port: proxy.port,
    lookup, family, hints, localAddress, localPort, timeout, keepAlive, keepAliveInitialDelay, noDelay,
  };
  if (proxy.protocol !== 'https:') return net.connect(own);
  return require('tls').connect({ ...own, ca, servername: net.isIP(proxy.hostname) ? '' : proxy.hostname });
}

const bracketed = (host) => (net.isIPv6(host) ? `[${host}]` : host);

function tunnelError(message, facts) {
  return Object.assign(new codes.ERR_PROXY_TUNNEL(message), facts);
}

/**
 * Has the proxy connect to where the options lead; `callback(error)` or `callback(null, socket)` with a socket that leads
 * through it.
 */
function tunnel(proxy, options, headers, callback) {
  const target = `${bracketed(options.host)}:${options.port}`;
  const socket = connectTo(proxy, options);
  const { timeout } = options;
  let head = Buffer.alloc(0);

  const finish = (error) => {
    socket.removeListener('error', finish);
    socket.removeListener('end', onEnd);
    socket.removeListener('close', onEnd);
    socket.removeListener('readable', onReadable);
    socket.removeListener('timeout', onTimeout);
    if (error) {
      socket.on('error', () => {});
      socket.destroy();
      callback(error);
    } else {
      if (timeout) socket.setTimeout(0);
      callback(null, socket);
    }
  };
  const onEnd = () => finish(tunnelError('Connection to establish proxy tunnel ended unexpectedly'));
  const onTimeout = () => finish(tunnelError(
    `Connection to establish proxy tunnel timed out after ${timeout}ms`, { proxyTunnelTimeout: timeout }));
  const onReadable = () => {
    for (;;) {
      const chunk = socket.read();
      if (chunk === null) return;
      head = Buffer.concat([head, chunk]);
      const end = head.indexOf('\r\n\r\n');
      if (end === -1) {
        if (head.length <= MAX_HEAD) continue;
        finish(tunnelError('Connection to establish proxy tunnel answered with too long a head'));
        return;
      }
      const [line] = head.toString('latin1', 0, end).split('\r\n', 1);
      const statusCode = Number(line.split(' ')[1]);
      if (statusCode !== 200) {
        finish(tunnelError(`Failed to establish tunnel to ${target} via ${proxy.shown}: ${line}`, { statusCode }));
        return;
      }
      const rest = head.subarray(end + 4);
      socket.removeListener('readable', onReadable);
      if (rest.length > 0) socket.unshift(rest);
      finish(null);
      return;
    }
  };

  socket.on('error', finish);
  socket.on('end', onEnd);
  socket.on('close', onEnd);
  socket.on('readable', onReadable);
  if (timeout) socket.on('timeout', onTimeout);
  const lines = [`CONNECT ${target} HTTP/1.1`, ...headers(target), '', ''];
  socket.write(lines.join('\r\n'), 'latin1');
}

/** The headers of `CONNECT` for an agent's connections. */
function connectHeaders(proxy, isKept) {
  return (target) => {
    const lines = [];
    if (proxy.authorization !== undefined) lines.push(`proxy-authorization: ${proxy.authorization}`);
    if (isKept) lines.push('proxy-connection: keep-alive');
    lines.push(`host: ${target}`);
    return lines;
  };
}

/** Those that `fetch` sends. */
function fetchHeaders(proxy) {
  return (target) => {
    const lines = [`host: ${target.replace(/:443$/, '')}`, 'connection: close'];
    if (proxy.authorization !== undefined) lines.push(`proxy-authorization: ${proxy.authorization}`);
    lines.push('proxy-connection: keep-alive');
    return lines;
  };
}

/** Whether a request to `target`, with this header `Host`, goes to the same place for the proxy as for the server. */
function checkHost(header, target, defaultPort) {
  const whole = (text) => (/:\d+$/.test(text) ? text : `${text}:${defaultPort}`).toLowerCase();
  if (whole(`${header}`) !== whole(target)) {
    throw new codes.ERR_INVALID_ARG_VALUE(
      'Host in options.headers', header, `must match the request authority (${target})`);
  }
}

/**
 * Makes a request over plain HTTP one for its agent's proxy: the whole URL instead of the path, and what the proxy wants
 * to know in the head, unless the head is a list that is sent as it stands.
 */
function rewrite(request, proxy, { host, port, defaultPort, path }, isList) {
  const target = Number(port) === defaultPort ? bracketed(host) : `${bracketed(host)}:${port}`;
  request.path = `http://${target}${path}`;
  if (isList) return;
  const header = request.getHeader('host');
  if (header !== undefined) checkHost(header, target, defaultPort);
  if (proxy.authorization !== undefined) request.setHeader('proxy-authorization', proxy.authorization);
  request.setHeader('proxy-connection', request.shouldKeepAlive ? 'keep-alive' : 'close');
}

/** `http.setGlobalProxyFromEnv`. */
function setGlobalProxyFromEnv(proxyEnv = process.env) {
  require('internal/validators').validateObject(proxyEnv, 'proxyEnv');
  const isAsked = ['http', 'https'].some((scheme) => read(proxyEnv, `${scheme}_proxy`));
  if (!isAsked) return () => {};
  const { URL } = require('internal/url');
  for (const scheme of ['http', 'https']) {
    const text = read(proxyEnv, `${scheme}_proxy`);
    if (text && !URL.canParse(text)) throw new codes.ERR_PROXY_INVALID_CONFIG(`Invalid proxy URL: ${text}`);
  }
  const [http, https, network] = [require('http'), require('https'), require('internal/fetch/network')];
  const before = [http.globalAgent, https.globalAgent];
  const settings = require('internal/http/agent').globalOptions(proxyEnv);
  const after = [new http.Agent(settings), new https.Agent(settings)];
  [http.globalAgent, https.globalAgent] = after;
  const undo = network.setProxies(proxyEnv);
  return function restore() {
    [http.globalAgent, https.globalAgent] = before;
    undo();
  };
}

/** Throws when the process's environment names a proxy by what is no URL. */
function checkOwnEnv() {
  const { URL } = require('internal/url');
  for (const scheme of ['http', 'https']) {
    const text = read(process.env, `${scheme}_proxy`);
    if (text) void new URL(text);
  }
}

module.exports = {
  checkOwnEnv, connectHeaders, connectTo, fetchHeaders, proxyFor, rewrite, setGlobalProxyFromEnv, tunnel,
};
