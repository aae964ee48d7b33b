'use strict';

// One exchange over HTTP for `fetch`: the request's head and body out, the response's head and a stream of its body in.

const { HeaderList } = require('internal/fetch/headers');
const { NULL_BODY } = require('internal/fetch/response');

/** Ports that no browser connects to (https://fetch.spec.whatwg.org/#port-blocking). */
const BAD_PORTS = new Set([
  0, 1, 7, 9, 11, 13, 15, 17, 19, 20, 21, 22, 23, 25, 37, 42, 43, 53, 69, 77, 79, 87, 95, 101, 102, 103, 104, 109, 110, 111,
  113, 115, 117, 119, 123, 135, 137, 139, 143, 161, 179, 389, 427, 465, 512, 513, 514, 515, 526, 530, 531, 532, 540, 548,
  554, 556, 563, 587, 601, 636, 989, 990, 993, 995, 1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060, 5061, 6000, 6566, 6665,
  6666, 6667, 6668, 6669, 6679, 6697, 10080,
]);

/** How much of a body is read before anybody asks for it: a short one leaves its connection free even if nobody does. */
const READ_AHEAD = 64 * 1024;

class SocketError extends Error {
  constructor(message) {
    super(message);
    this.name = 'SocketError';
    this.code = 'UND_ERR_SOCKET';
  }
}

let agents = new Map();
let proxyEnv;

/** Has later requests go through the proxies of an environment; returns what undoes it. */
function setProxies(env) {
  const before = [agents, proxyEnv];
  [agents, proxyEnv] = [new Map(), env];
  return () => {
    [agents, proxyEnv] = before;
  };
}

/** The connections that are kept for later requests of one scheme; idle ones do not keep the program running. */
function agentFor(protocol) {
  let agent = agents.get(protocol);
  if (agent === undefined) {
    const { Agent } = require(protocol.slice(0, -1));
    const { globalProxyEnv, kFetches } = require('internal/http/agent');
    agent = new Agent({ keepAlive: true, timeout: 4000, proxyEnv: proxyEnv ?? globalProxyEnv() });
    agent[kFetches] = true;
    agents.set(protocol, agent);
  }
  return agent;
}

/** The streams that undo `Content-Encoding`, the last one first; none for one that is not known. */
function decoders(codings) {
  const zlib = require('zlib');
  const streams = [];
  for (const coding of codings.toLowerCase().split(',').map((name) => name.trim()).reverse()) {
    const flush = { flush: zlib.constants.Z_SYNC_FLUSH, finishFlush: zlib.constants.Z_SYNC_FLUSH };
    if (coding === 'gzip' || coding === 'x-gzip') streams.push(zlib.createGunzip(flush));
    else if (coding === 'deflate') streams.push(zlib.createInflate(flush));
    else if (coding === 'br') streams.push(zlib.createBrotliDecompress());
    else if (coding === 'zstd') streams.push(zlib.createZstdDecompress());
    else return [];
  }
  return streams;
}

/** A stream of bytes with what the response still brings. */
function bodyStream(incoming, request, method, onEnd) {
  const codings = incoming.headers['content-encoding'];
  const hasBody = method !== 'HEAD' && !NULL_BODY.includes(incoming.statusCode);
  if (!hasBody) {
    incoming.resume();
    incoming.on('end', onEnd);
    return null;
  }
  let source = incoming;
  let controller;
  let isOver = false;
  const fail = (error) => {
    if (isOver) return;
    isOver = true;
    onEnd();
    controller.error(error);
  };
  const terminated = (cause) => {
    const isCut = cause === undefined || cause.code === 'ECONNRESET' || cause.code === 'ERR_STREAM_PREMATURE_CLOSE';
    fail(new TypeError('terminated', { cause: isCut ? new SocketError('other side closed') : cause }));
  };
  incoming.on('error', terminated);
  incoming.on('aborted', () => terminated());
  for (const decoder of codings === undefined ? [] : decoders(codings)) {
    decoder.on('error', terminated);
    source = source.pipe(decoder);
  }
  const { ReadableStream } = require('internal/webstreams/readable');
  const stream = new ReadableStream({
    type: 'bytes',
    start(made) {
      controller = made;
    },
    pull() {
      source.resume();
    },
    cancel() {
      isOver = true;
      onEnd();
      request.destroy();
    },
  }, { highWaterMark: READ_AHEAD });
  source.on('data', (chunk) => {
    if (isOver || chunk.length === 0) return;
    controller.enqueue(new Uint8Array(chunk));
    if (controller.desiredSize <= 0) source.pause();
  });
  source.on('end', () => {
    if (isOver) return;
    isOver = true;
    onEnd();
    controller.close();
    controller.byobRequest?.respond(0);
  });
  source.pause();
  return { stream, fail };
}

/** Writes the body's stream as fast as the connection takes it. */
async function send(body, request, reject) {
  const reader = body.stream.getReader();
  request.on('close', () => reader.cancel().catch(() => {}));
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      if (!(value instanceof Uint8Array)) throw new TypeError('Received non-Uint8Array chunk');
      if (!request.write(value) && !request.destroyed) {
        await new Promise((resolve) => {
          request.once('drain', resolve);
          request.once('close', resolve);
        });
      }
    }
    request.end();
  } catch (error) {
    reject(error);
    request.destroy();
  }
}

/** Does one exchange; resolves to `{ status, statusText, headers, body, fail }`. `exchange.abort` is set to end it. */
function exchange(state, headers, control) {
  const { url, method, body } = state;
  if (url.port !== '' && BAD_PORTS.has(Number(url.port))) return Promise.reject(new Error('bad port'));
  const { promise, resolve, reject } = Promise.withResolvers();
  const entries = [...headers.entries()];
  const isLast = entries.some(([name, value]) => name.toLowerCase() === 'connection' && value.toLowerCase() === 'close');
  const lines = ['host', url.host, 'connection', isLast ? 'close' : 'keep-alive'];
  const agent = agentFor(url.protocol);
  const { urlToHttpOptions } = require('url');
  const { hostname, port, path } = urlToHttpOptions(url);
  if (url.protocol === 'http:') {
    const proxy = require('internal/http/agent').proxyOf(agent, { host: hostname, port: port || 80 });
    if (proxy?.authorization !== undefined) lines.push('proxy-authorization', proxy.authorization);
  }
  for (const [name, value] of entries) {
    const key = name.toLowerCase();
    if (key === 'host' || key === 'connection' || key === 'content-length' || key === 'transfer-encoding') continue;
    lines.push(name, value);
  }
  const length = body === null ? (method === 'POST' || method === 'PUT' || method === 'PATCH' ? 0 : null) : body.length;
  if (length !== null) lines.push('content-length', `${length}`);
  else if (body !== null) lines.push('transfer-encoding', 'chunked');

  const request = require(url.protocol.slice(0, -1)).request({
    hostname, port, path, method, headers: lines, setHost: false, agent,
  });
  control.abort = (reason) => {
    reject(reason);
    request.destroy();
  };
  request.on('error', (error) => {
    reject(error.code === 'ECONNRESET' && error.syscall === undefined ? new SocketError('other side closed') : error);
  });
  request.on('response', (incoming) => {
    const list = new HeaderList();
    const { rawHeaders } = incoming;
    for (let i = 0; i < rawHeaders.length; i += 2) list.append(rawHeaders[i].toLowerCase(), rawHeaders[i + 1]);
    const opened = bodyStream(incoming, request, method, () => {
      control.abort = undefined;
    });
    if (opened !== null) {
      control.abort = (reason) => {
        opened.fail(reason);
        request.destroy();
      };
    }
    resolve({
      status: incoming.statusCode, statusText: incoming.statusMessage, headers: list, stream: opened?.stream ?? null,
      discard: () => (opened === null ? undefined : incoming.resume()),
    });
  });
  if (body === null) request.end();
  else if (body.source instanceof Uint8Array) request.end(body.source);
  else send(body, request, reject);
  return promise;
}

module.exports = { exchange, setProxies };
