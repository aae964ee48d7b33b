'use strict';

// `http.ClientRequest` (https://nodejs.org/api/http.html#class-httpclientrequest).

const net = require('net');
const { channel } = require('diagnostics_channel');
const { eos } = require('internal/streams/end_of_stream');
const { AbortError, codes } = require('internal/errors');
const { validateBoolean, validateInteger, validateNumber, validateAbortSignal, validateFunction } = require('internal/validators');
const { isInvalidPath, isToken } = require('internal/http/header_checks');
const { IncomingMessage, setVersion, startReading, stopReading } = require('internal/http/incoming');
const { OutgoingMessage, kErrored, kNeedDrain, kUnique } = require('internal/http/outgoing');
const { instances, proxyOf } = require('internal/http/agent');
const { HTTPParser, freeParser, parsers } = require('internal/http/parser');
const { begin, isWanted } = require('internal/perf/node_entry');
const { isLenient } = require('internal/http/settings');
const { emitClose } = require('internal/http/server_response');
const { describe, describeResponse } = require('internal/http/observe');
const { forRequest } = require('internal/http/resource');
const { kTraced, traceRequest } = require('internal/http/trace');

const kError = Symbol('kError');
const kPath = Symbol('kPath');
const kMeasured = Symbol('kMeasured');

/** Requests that mostly have no body. */
const WITHOUT_BODY = new Set(['GET', 'HEAD', 'DELETE', 'OPTIONS', 'TRACE', 'CONNECT']);

function resetError(message) {
  return Object.assign(new Error(message), { code: 'ECONNRESET' });
}

/** The options that a URL stands for (https://nodejs.org/api/url.html#urlurltohttpoptionsurl). */
function fromURL(input) {
  return require('url').urlToHttpOptions(input);
}

function splitArguments(input, options, callback) {
  if (typeof input === 'string') {
    input = fromURL(new URL(input));
  } else if (require('internal/url').isURL(input)) {
    input = fromURL(input);
  } else {
    callback = options;
    options = input;
    input = null;
  }
  if (typeof options === 'function') {
    callback = options;
    options = input || { __proto__: null };
  } else {
    options = Object.assign(input || { __proto__: null }, options);
  }
  return [options, callback];
}

function validateHost(host, name) {
  if (host !== null && host !== undefined && typeof host !== 'string') {
    throw new codes.ERR_INVALID_ARG_TYPE(`options.${name}`, ['string', 'undefined', 'null'], host);
  }
  return host;
}

function chooseAgent(options) {
  const { agent } = options;
  if (agent === false) return new (options._defaultAgent ?? instances.globalAgent).constructor();
  if (agent === null || agent === undefined) {
    // Somebody who makes connections himself wants no agent's.
    if (typeof options.createConnection === 'function') return undefined;
    return options._defaultAgent || instances.globalAgent;
  }
  if (typeof agent.addRequest !== 'function') {
    throw new codes.ERR_INVALID_ARG_TYPE('options.agent', ['Agent-like Object', 'undefined', 'false'], agent);
  }
  return agent;
}

function ClientRequest(input, given, listener) {
  OutgoingMessage.call(this);
  const [options, callback] = splitArguments(input, given, listener);
  const agent = chooseAgent(options);
  const defaultAgent = options._defaultAgent || instances.globalAgent;
  this.agent = agent ?? (typeof options.createConnection === 'function' ? undefined : agent);
  const protocol = options.protocol || defaultAgent.protocol;
  const expected = agent?.protocol ?? defaultAgent.protocol;
  if (options.path) {
    const path = String(options.path);
    if (isInvalidPath(path)) throw new codes.ERR_UNESCAPED_CHARACTERS('Request path');
  }
  if (protocol !== expected) throw new codes.ERR_INVALID_PROTOCOL(protocol, expected);
  const defaultPort = options.defaultPort || agent?.defaultPort;
  const port = options.port = options.port || defaultPort || 80;
  const host = options.host = validateHost(options.hostname, 'hostname') || validateHost(options.host, 'host') || 'localhost';
  const setHost = options.setHost === undefined ? Boolean(options.setDefaultHeaders ?? true) : Boolean(options.setHost);

  this._removedConnection = options.setDefaultHeaders === false;
  this._removedContLen = options.setDefaultHeaders === false;
  this._removedTE = options.setDefaultHeaders === false;
  this.socketPath = options.socketPath;
  if (options.timeout !== undefined) {
    validateNumber(options.timeout, 'timeout');
    this.timeout = require('internal/stream_timeout').checkDelay(options.timeout, 'timeout');
  }
  if (options.signal) addSignal(this, options.signal);

  let { method } = options;
  if (method !== null && method !== undefined && typeof method !== 'string') {
    throw new codes.ERR_INVALID_ARG_TYPE('options.method', 'string', method);
  }
  if (method) {
    if (!isToken(method)) throw new codes.ERR_INVALID_HTTP_TOKEN('Method', method);
    method = this.method = method.toUpperCase();
  } else {
    method = this.method = 'GET';
  }
  if (options.maxHeaderSize !== undefined) validateInteger(options.maxHeaderSize, 'maxHeaderSize', 0);
  this.maxHeaderSize = options.maxHeaderSize;
  if (options.insecureHTTPParser !== undefined) validateBoolean(options.insecureHTTPParser, 'options.insecureHTTPParser');
  this.insecureHTTPParser = options.insecureHTTPParser;
  if (options.joinDuplicateHeaders !== undefined) validateBoolean(options.joinDuplicateHeaders, 'options.joinDuplicateHeaders');
  this.joinDuplicateHeaders = options.joinDuplicateHeaders;
  this[kPath] = options.path || '/';
  if (callback) {
    validateFunction(callback, 'callback');
    this.once('response', callback);
  }
  this.useChunkedEncodingByDefault = !WITHOUT_BODY.has(method);
  this._ended = false;
  this.res = null;
  this.aborted = false;
  this.timeoutCb = null;
  this.upgradeOrConnect = false;
  this.parser = null;
  this.maxHeadersCount = null;
  this.reusedSocket = false;
  this.host = host;
  this.protocol = protocol;

  if (this.agent) {
    // Without keep-alive and without a limit there is no reason to hold a connection open.
    if (!this.agent.keepAlive && !Number.isFinite(this.agent.maxSockets)) {
      this._last = true;
      this.shouldKeepAlive = false;
    } else {
      this._last = false;
      this.shouldKeepAlive = true;
    }
  } else {
    this._last = true;
    this.shouldKeepAlive = false;
  }
  const proxy = this.agent && protocol === 'http:' ? proxyOf(this.agent, options) : null;
  const headers = options.headers;
  const isList = Array.isArray(headers);
  if (!isList) {
    for (const name of Object.keys(headers ?? {})) this.setHeader(name, headers[name]);
    if (host && !this.getHeader('host') && setHost) {
      const bare = host.includes(':') && host.includes(':', host.indexOf(':') + 1) && host[0] !== '[' ? `[${host}]` : host;
      this.setHeader('Host', port && Number(port) !== defaultPort ? `${bare}:${port}` : bare);
    }
    if (options.auth && !this.getHeader('Authorization')) {
      this.setHeader('Authorization', `Basic ${Buffer.from(options.auth).toString('base64')}`);
    }
    if (proxy) require('internal/http/proxy').rewrite(this, proxy, { host, port, defaultPort, path: this[kPath] }, false);
    if (this.getHeader('expect')) {
      if (this._header) throw new codes.ERR_HTTP_HEADERS_SENT('render');
      this._storeHeader(firstLine(this), this[require('internal/http/outgoing').kOutHeaders]);
    }
  } else {
    if (proxy) require('internal/http/proxy').rewrite(this, proxy, { host, port, defaultPort, path: this[kPath] }, true);
    this._storeHeader(firstLine(this), headers);
  }
  this[kUnique] = options.uniqueHeaders === undefined || options.uniqueHeaders === null ? null : new Set(options.uniqueHeaders.flat().map((name) => name.toLowerCase()));
  this[kTraced] = traceRequest(method, host, port, this[kPath]);
  connect(this, options);
  if (created.hasSubscribers) created.publish({ request: this });
}
Object.setPrototypeOf(ClientRequest.prototype, OutgoingMessage.prototype);
Object.setPrototypeOf(ClientRequest, OutgoingMessage);

const created = channel('http.client.request.created');
const started = channel('http.client.request.start');
const failed = channel('http.client.request.error');
const finished = channel('http.client.response.finish');

function firstLine(request) {
  return `${request.method} ${request.path} HTTP/1.1\r\n`;
}

function addSignal(request, signal) {
  validateAbortSignal(signal, 'signal');
  const abort = () => request.destroy(new AbortError(undefined, { cause: signal.reason }));
  if (signal.aborted) {
    process.nextTick(abort);
    return;
  }
  const disposable = require('internal/events/abort_listener').addAbortListener(signal, abort);
  request.once('close', disposable[Symbol.dispose]);
}

/** Gets a socket for the request. */
function connect(request, options) {
  if (request.agent) {
    request.agent.addRequest(request, { __proto__: null, ...options, path: options.socketPath });
    return;
  }
  let isDone = false;
  const onCreate = (error, socket) => {
    if (isDone) return;
    isDone = true;
    if (error) process.nextTick(() => request.emit('error', error));
    else request.onSocket(socket);
  };
  // The path of the request is none in the file system, and its signal is none of the socket's.
  const settings = { __proto__: null, ...options, path: options.socketPath };
  delete settings.signal;
  if (typeof options.createConnection === 'function') {
    let made;
    try {
      made = options.createConnection(settings, onCreate);
    } catch (error) {
      onCreate(error);
      return;
    }
    if (made) onCreate(null, made);
  } else {
    onCreate(null, net.createConnection(settings));
  }
}

Object.defineProperty(ClientRequest.prototype, 'path', {
  __proto__: null,
  configurable: true,
  enumerable: true,
  get() {
    return this[kPath];
  },
  set(value) {
    const path = String(value);
    if (isInvalidPath(path)) throw new codes.ERR_UNESCAPED_CHARACTERS('Request path');
    this[kPath] = path;
  },
});

Object.assign(ClientRequest.prototype, {
  _finish() {
    Reflect.apply(OutgoingMessage.prototype._finish, this, []);
    if (isWanted('http')) {
      this[kMeasured] = begin(
        'http', 'HttpClient', describe(this, `${this.protocol}//${this.host}${this.path}`, this.getHeaders()));
    }
    if (started.hasSubscribers) started.publish({ request: this });
  },

  _implicitHeader() {
    if (this._header) throw new codes.ERR_HTTP_HEADERS_SENT('render');
    this._storeHeader(firstLine(this), this[require('internal/http/outgoing').kOutHeaders]);
  },

  abort() {
    if (this.aborted) return;
    this.aborted = true;
    process.nextTick(() => this.emit('abort'));
    this.destroy();
  },

  destroy(error) {
    if (this.destroyed) return this;
    this.destroyed = true;
    // A response that is being read ends with its request.
    if (this.res) this.res._dump();
    this[kError] = error;
    this.socket?.destroy(error);
    return this;
  },

  onSocket(socket, error) {
    process.nextTick(onSocketNT, this, socket, error);
  },

  setTimeout(msecs, callback) {
    if (this._ended) return this;
    listenForTimeout(this);
    msecs = require('internal/stream_timeout').checkDelay(msecs, 'msecs');
    if (callback) this.once('timeout', callback);
    if (this.socket) setSocketTimeout(this.socket, msecs);
    else this.once('socket', (socket) => setSocketTimeout(socket, msecs));
    return this;
  },

  setNoDelay(noDelay) {
    withSocket(this, (socket) => socket.setNoDelay?.(noDelay));
  },

  setSocketKeepAlive(enable, initialDelay) {
    withSocket(this, (socket) => socket.setKeepAlive?.(enable, initialDelay));
  },

  clearTimeout(callback) {
    this.setTimeout(0, callback);
  },
});

function withSocket(request, act) {
  const { socket } = request;
  if (!socket) request.once('socket', (made) => withConnected(made, act));
  else withConnected(socket, act);
}

function withConnected(socket, act) {
  if (socket.writable && !socket.connecting) act(socket);
  else socket.once('connect', () => act(socket));
}

function listenForTimeout(request) {
  if (request.timeoutCb) return;
  request.timeoutCb = () => request.emit('timeout');
  if (request.socket) request.socket.once('timeout', request.timeoutCb);
  else request.once('socket', (socket) => socket.once('timeout', request.timeoutCb));
}

function setSocketTimeout(socket, msecs) {
  if (socket.connecting) socket.once('connect', () => socket.setTimeout(msecs));
  else socket.setTimeout(msecs);
}

function onSocketNT(request, socket, error) {
  if (request.destroyed || error) {
    // A proxy took too long, not the server: it is a timeout all the same.
    if (error?.proxyTunnelTimeout !== undefined) request.emit('timeout');
    finishWithout(request, socket, error ?? request[kError]);
    return;
  }
  attach(request, socket);
  request._flush();
}

/** The request was given up before it had a socket. */
function finishWithout(request, socket, error) {
  if (socket) {
    if (request.agent && !socket.destroyed && socket.writable && !error) {
      // Nothing was sent over it: somebody else may use it.
      socket._httpMessage ??= null;
      socket.emit('free');
    } else {
      eos(socket.destroy(error), (failed) => {
        const isEarly = failed?.code === 'ERR_STREAM_PREMATURE_CLOSE';
        endWithout(request, (isEarly ? null : failed) || error);
      });
      return;
    }
  }
  endWithout(request, error);
}

function endWithout(request, error) {
  request.destroyed = true;
  // Who aborts a request knows that there will be no answer.
  if (!error && !request.aborted) error = resetError('socket hang up');
  if (error) emitErrorOnce(request, error);
  request._closed = true;
  request[kTraced]?.end();
  request.emit('close');
}

function emitErrorOnce(request, error) {
  if (request[kErrored]) return;
  request[kErrored] = error;
  if (failed.hasSubscribers) failed.publish({ request, error });
  request.emit('error', error);
}

/** The request goes over `socket`. */
function attach(request, socket) {
  const parser = parsers.alloc(HTTPParser.RESPONSE, request.insecureHTTPParser ?? isLenient(), request.maxHeaderSize ?? 0);
  request.socket = socket;
  parser.expect(request.method);
  parser.socket = socket;
  parser.outgoing = request;
  parser.resource = forRequest(request);
  request.parser = parser;
  socket.parser = parser;
  socket._httpMessage = request;
  parser.onHead = (head) => onHead(request, parser, head);
  parser.onBody = (chunk) => {
    const response = parser.incoming;
    if (response !== null && !response._dumped && !response.push(chunk)) stopReading(socket);
  };
  parser.onEnd = (trailers) => {
    const response = parser.incoming;
    if (response === null) return;
    response.complete = true;
    if (trailers.length > 0) response._addHeaderLines(trailers);
    response.push(null);
    startReading(socket);
  };
  if (request.joinDuplicateHeaders) parser.joinDuplicateHeaders = true;
  socket.on('error', onSocketError);
  socket.on('data', onSocketData);
  socket.on('end', onSocketEnd);
  socket.on('close', onSocketClose);
  socket.on('drain', onSocketDrain);
  if (request.timeout !== undefined || (request.agent?.options?.timeout)) listenForTimeout(request);
  request.emit('socket', socket);
}

function detach(socket) {
  socket.removeListener('error', onSocketError);
  socket.removeListener('data', onSocketData);
  socket.removeListener('end', onSocketEnd);
  socket.removeListener('close', onSocketClose);
  socket.removeListener('drain', onSocketDrain);
  socket.removeListener('timeout', onSocketTimeout);
}

function onSocketTimeout() {
  this._httpMessage?.res?.emit('timeout');
}

function onSocketDrain() {
  const request = this._httpMessage;
  if (request && !request.finished && request[kNeedDrain]) {
    request[kNeedDrain] = false;
    request.emit('drain');
  }
}

function onSocketError(error) {
  const request = this._httpMessage;
  if (request) {
    // What the other side had to say before comes first.
    this._hadHttpError = true;
    emitErrorOnce(request, error);
  }
  if (this.parser) {
    this.parser.finish();
    freeParser(this.parser, request, this);
  }
  // What was read is still told of.
  this.removeListener('data', onSocketData);
  this.removeListener('end', onSocketEnd);
  this.destroy();
}

function onSocketEnd() {
  const request = this._httpMessage;
  const { parser } = this;
  if (!request) return;
  if (!request.res && !request.socket._hadHttpError) {
    // The connection ended before there was an answer.
    this._hadHttpError = true;
    emitErrorOnce(request, resetError('socket hang up'));
  }
  if (parser) {
    parser.finish();
    // Whoever heard of the error may have given it up.
    if (this.parser === parser) freeParser(parser, request, this);
  }
  this.destroy();
}

function onSocketClose() {
  const request = this._httpMessage;
  if (!request) return;
  const { parser } = this;
  // A body without a length ends with the connection.
  this.read?.();
  if (parser) parser.finish();
  request.destroyed = true;
  request[kTraced]?.end();
  const { res } = request;
  if (res) {
    if (!res.complete) res.destroy(resetError('aborted'));
    request._closed = true;
    request.emit('close');
    if (!res.aborted && res.readable) res.push(null);
  } else {
    if (!this._hadHttpError) {
      this._hadHttpError = true;
      emitErrorOnce(request, request[kError] ?? resetError('socket hang up'));
    }
    request._closed = true;
    request.emit('close');
  }
  if (request.outputData) request.outputData.length = 0;
  if (parser && this.parser === parser) freeParser(parser, request, this);
}

function onSocketData(chunk) {
  const request = this._httpMessage;
  const { parser } = this;
  if (!parser) return;
  const result = parser.execute(chunk);
  if (result instanceof Error) {
    freeParser(parser, request, this);
    this.removeListener('data', onSocketData);
    this.removeListener('end', onSocketEnd);
    this.destroy();
    this._hadHttpError = true;
    emitErrorOnce(request, result);
  } else if (parser.upgraded) {
    upgrade(request, parser, this, chunk.subarray(result));
  } else if (parser.incoming?.complete && parser.incoming.statusCode !== 100 && !isInformation(parser.incoming.statusCode)) {
    // What belongs to the request is read; the rest of the connection is the next request's.
    this.removeListener('data', onSocketData);
    this.removeListener('end', onSocketEnd);
    freeParser(parser, request, this);
  }
}

function isInformation(status) {
  return status < 200 && status >= 100 && status !== 101;
}

function upgrade(request, parser, socket, head) {
  const response = parser.incoming;
  request.res = response;
  socket.removeListener('data', onSocketData);
  socket.removeListener('end', onSocketEnd);
  socket.removeListener('drain', onSocketDrain);
  socket.removeListener('timeout', onSocketTimeout);
  if (request.timeoutCb) socket.removeListener('timeout', request.timeoutCb);
  freeParser(parser, request, socket);
  const event = request.method === 'CONNECT' ? 'connect' : 'upgrade';
  if (request.listenerCount(event) > 0) {
    request.upgradeOrConnect = true;
    // The agent knows nothing of what follows.
    socket.emit('agentRemove');
    socket.removeListener('close', onSocketClose);
    socket.removeListener('error', onSocketError);
    socket._httpMessage = null;
    socket.readableFlowing = null;
    request[kTraced]?.end();
    request.emit(event, response, socket, head);
    request.destroyed = true;
    process.nextTick(emitClose, request);
  } else {
    // Nobody wants it.
    socket.destroy();
  }
}

/** The head of a response is there. Returns whether another protocol takes over. */
function onHead(request, parser, head) {
  const { socket } = parser;
  const response = new IncomingMessage(socket);
  setVersion(response, head.version);
  response.joinDuplicateHeaders = parser.joinDuplicateHeaders;
  response.statusCode = head.first;
  response.statusMessage = head.text;
  response.upgrade = head.upgrade;
  const most = request.maxHeadersCount;
  if (most !== null && most > 0 && head.headers.length > most * 2) head.headers.length = most * 2;
  else if (most === null && head.headers.length > parser.maxHeaderPairs) head.headers.length = parser.maxHeaderPairs;
  response._addHeaderLines(head.headers);

  if (request.res) {
    // A second answer is one too many.
    socket.destroy();
    return false;
  }
  parser.incoming = response;
  if (head.upgrade) return true;
  if (isInformation(head.first)) {
    parser.expect(request.method);
    onInformation(request, parser, response);
    return false;
  }
  request.res = response;
  response.req = request;
  socket.on('timeout', onSocketTimeout);
  if (request.shouldKeepAlive && !head.keepAlive && !request.upgradeOrConnect) request.shouldKeepAlive = false;
  if (request.reusedSocket && request.timeoutCb) socket.setTimeout(request.timeout ?? socket.timeout);
  request[kMeasured]?.({ res: describeResponse(response, response.headers) });
  request[kTraced]?.status(response.statusCode);
  if (finished.hasSubscribers) finished.publish({ request, response });

  if (!request.finished || request.outputSize > 0) {
    request.on('prefinish', () => {
      // The request may be written to its end after the answer has come.
      if (response.complete && response.readableEnded) responseOnEnd(request, response);
    });
  }
  response.on('end', () => responseOnEnd(request, response));
  if (request.aborted || !request.emit('response', response)) response._dump();
  if (request.method === 'HEAD') return false;
  return false;
}

function onInformation(request, parser, response) {
  if (response.statusCode === 100) {
    request.emit('continue');
  }
  request.emit('information', {
    statusCode: response.statusCode,
    statusMessage: response.statusMessage,
    httpVersion: response.httpVersion,
    httpVersionMajor: response.httpVersionMajor,
    httpVersionMinor: response.httpVersionMinor,
    headers: response.headers,
    rawHeaders: response.rawHeaders,
  });
}

/** Answer and request are complete: the socket is free. */
function responseOnEnd(request, response) {
  request._ended = true;
  const { socket } = response;
  if (!request.finished || !request.writableFinished && request.outputSize > 0) {
    // The rest of the request is still on its way.
    if (!request.finished) {
      request.once('finish', () => release(request, socket));
      if (!request.shouldKeepAlive && socket.writable) socket.destroySoon?.();
      return;
    }
  }
  if (request.writableFinished || socket.destroyed || !socket.writable) release(request, socket);
  else request.once('finish', () => release(request, socket));
}

function release(request, socket) {
  if (request._released) return;
  request._released = true;
  request[kTraced]?.end();
  if (!request.shouldKeepAlive) {
    if (socket.writable) {
      if (typeof socket.destroySoon === 'function') socket.destroySoon();
      else socket.end();
    }
    return;
  }
  if (request.timeoutCb) {
    socket.setTimeout(0);
    socket.removeListener('timeout', request.timeoutCb);
    request.timeoutCb = null;
  }
  detach(socket);
  if (socket.parser) freeParser(socket.parser, request, socket);
  request.destroyed = true;
  // Whoever waits for the response to end sees that first.
  process.nextTick(() => {
    request._closed = true;
    request.emit('close');
    if (request.agent && !socket.destroyed) socket.emit('free');
  });
}

module.exports = { ClientRequest };
