'use strict';

// Requests and responses as HTTP/1 has them, over streams (https://nodejs.org/api/http2.html#compatibility-api).

const { Stream } = require('internal/streams/legacy');
const { Readable } = require('internal/streams/readable');
const { codes } = require('internal/errors');
const { validateFunction, validateString } = require('internal/validators');

const kMake = Symbol('make');
const NO_BODY = new Set([204, 205, 304]);

/** The connection without what would disturb other streams on it. */
function guarded(session) {
  const { socket } = session;
  if (socket === undefined) return undefined;
  return new Proxy(session, {
    get(target, name) {
      if (['destroy', 'emit', 'end', 'setTimeout'].includes(name)) return target[name]?.bind(target);
      if (['pause', 'read', 'resume', 'write', 'setEncoding', 'setKeepAlive', 'setNoDelay'].includes(name)) {
        throw new codes.ERR_HTTP2_NO_SOCKET_MANIPULATION();
      }
      const value = name in socket ? socket[name] : target[name];
      return typeof value === 'function' ? value.bind(socket) : value;
    },
    set(target, name, value) {
      target.socket[name] = value;
      return true;
    },
    getPrototypeOf: () => Object.getPrototypeOf(socket),
  });
}

class Http2ServerRequest extends Readable {
  #stream;
  #headers;
  #rawHeaders;
  #trailers = {};
  #rawTrailers = [];
  #isAborted = false;
  #method;
  #url;

  constructor(mark, stream, headers, list) {
    if (mark !== kMake) throw new codes.ERR_ILLEGAL_CONSTRUCTOR();
    super({ autoDestroy: false, highWaterMark: stream.readableHighWaterMark });
    this.#stream = stream;
    this.#headers = headers;
    this.#rawHeaders = list;
    this.#method = headers[':method'];
    this.#url = headers[':path'] ?? '';
    stream.on('trailers', (trailers, _flags, raw) => {
      Object.assign(this.#trailers, trailers);
      this.#rawTrailers.push(...raw);
    });
    stream.on('data', (chunk) => {
      if (!this.push(chunk)) stream.pause();
    });
    stream.on('end', () => this.push(null));
    stream.on('aborted', () => {
      if (this.#isAborted) return;
      this.#isAborted = true;
      this.emit('aborted');
    });
    stream.on('close', () => {
      if (!this.readableEnded && !stream.readableEnded) this.push(null);
      this.emit('close');
    });
    stream.on('error', (error) => {
      if (this.listenerCount('error') > 0) this.emit('error', error);
    });
    stream.on('timeout', () => this.emit('timeout'));
    stream.pause();
  }

  get aborted() {
    return this.#isAborted;
  }

  get complete() {
    return this.#isAborted || this.readableEnded || this.#stream.readableEnded || this.#stream.destroyed;
  }

  get stream() {
    return this.#stream;
  }

  get headers() {
    return this.#headers;
  }

  get rawHeaders() {
    return this.#rawHeaders;
  }

  get trailers() {
    return this.#trailers;
  }

  get rawTrailers() {
    return this.#rawTrailers;
  }

  get httpVersionMajor() {
    return 2;
  }

  get httpVersionMinor() {
    return 0;
  }

  get httpVersion() {
    return '2.0';
  }

  get socket() {
    return this.#stream.session === undefined ? undefined : guarded(this.#stream.session);
  }

  get connection() {
    return this.socket;
  }

  get method() {
    return this.#method;
  }

  set method(method) {
    validateString(method, 'method');
    if (method.trim() === '') throw new codes.ERR_INVALID_ARG_VALUE('method', method);
    this.#method = method;
  }

  get authority() {
    return this.#headers[':authority'] ?? this.#headers.host;
  }

  get scheme() {
    return this.#headers[':scheme'];
  }

  get url() {
    return this.#url;
  }

  set url(url) {
    this.#url = url;
  }

  setTimeout(time, callback) {
    this.#stream.setTimeout(time, callback);
    return this;
  }

  _read() {
    this.#stream.resume();
  }
}

class Http2ServerResponse extends Stream {
  #stream;
  #request;
  #headers = { __proto__: null };
  #names = new Map();
  #trailers = { __proto__: null };
  #isEnded = false;
  #isClosed = false;
  #status = 200;
  #sendDate = true;
  writable = true;

  constructor(mark, stream, request) {
    if (mark !== kMake) throw new codes.ERR_ILLEGAL_CONSTRUCTOR();
    super();
    this.#stream = stream;
    this.#request = request;
    stream.on('drain', () => this.emit('drain'));
    stream.on('wantTrailers', () => stream.sendTrailers(this.#trailers));
    stream.on('timeout', () => this.emit('timeout'));
    stream.on('close', () => {
      if (this.#isClosed) return;
      this.#isClosed = true;
      if (stream.writableFinished && this.#isEnded) this.emit('finish');
      this.emit('close');
    });
  }

  get req() {
    return this.#request;
  }

  get stream() {
    return this.#stream;
  }

  get socket() {
    return this.#stream.session === undefined ? undefined : guarded(this.#stream.session);
  }

  get connection() {
    return this.socket;
  }

  get headersSent() {
    return this.#stream.headersSent;
  }

  get finished() {
    return this.#isEnded;
  }

  get writableEnded() {
    return this.#isEnded;
  }

  get writableFinished() {
    return this.#stream.writableFinished;
  }

  get writableLength() {
    return this.#stream.writableLength;
  }

  get writableHighWaterMark() {
    return this.#stream.writableHighWaterMark;
  }

  get writableNeedDrain() {
    return this.#stream.writableNeedDrain;
  }

  get writableObjectMode() {
    return this.#stream.writableObjectMode;
  }

  get writableCorked() {
    return this.#stream.writableCorked;
  }

  get destroyed() {
    return this.#stream.destroyed;
  }

  get sendDate() {
    return this.#sendDate;
  }

  set sendDate(value) {
    this.#sendDate = Boolean(value);
  }

  get statusCode() {
    return this.#status;
  }

  set statusCode(code) {
    const status = Number(code) | 0;
    if (status >= 100 && status < 200) throw new codes.ERR_HTTP2_INFO_STATUS_NOT_ALLOWED();
    if (status < 100 || status > 599) throw new codes.ERR_HTTP2_STATUS_INVALID(code);
    this.#status = status;
  }

  get statusMessage() {
    return '';
  }

  set statusMessage(_message) {
    // HTTP/2 has none.
  }

  #checkOpen() {
    if (this.#stream.destroyed) throw new codes.ERR_HTTP2_INVALID_STREAM();
    if (this.headersSent) throw new codes.ERR_HTTP2_HEADERS_SENT();
    if (this.#stream.closed) throw new codes.ERR_HTTP2_INVALID_STREAM();
  }

  #nameOf(name) {
    validateString(name, 'name');
    return name.trim().toLowerCase();
  }

  setHeader(name, value) {
    const key = this.#nameOf(name);
    if (value === undefined || value === null) throw new codes.ERR_HTTP2_INVALID_HEADER_VALUE(value, name);
    if (key.startsWith(':')) throw new codes.ERR_HTTP2_PSEUDOHEADER_NOT_ALLOWED();
    this.#checkOpen();
    if (isOfConnection(key, value)) {
      if (key === 'connection') warnConnection();
      return;
    }
    this.#headers[key] = value;
    this.#names.set(key, name);
  }

  appendHeader(name, value) {
    const known = this.getHeader(name);
    this.setHeader(name, known === undefined ? value : [known, value].flat());
  }

  getHeader(name) {
    return this.#headers[this.#nameOf(name)];
  }

  hasHeader(name) {
    return Object.hasOwn(this.#headers, this.#nameOf(name));
  }

  removeHeader(name) {
    const key = this.#nameOf(name);
    this.#checkOpen();
    if (key === 'date') this.#sendDate = false;
    delete this.#headers[key];
    this.#names.delete(key);
  }

  getHeaderNames() {
    return Object.keys(this.#headers);
  }

  getHeaders() {
    return Object.assign({ __proto__: null }, this.#headers);
  }

  setTrailer(name, value) {
    const key = this.#nameOf(name);
    if (value === undefined || value === null) throw new codes.ERR_HTTP2_INVALID_HEADER_VALUE(value, name);
    if (key.startsWith(':')) throw new codes.ERR_HTTP2_PSEUDOHEADER_NOT_ALLOWED();
    this.#trailers[key] = value;
  }

  addTrailers(headers) {
    for (const name of Object.keys(headers)) this.setTrailer(name, headers[name]);
  }

  flushHeaders() {
    if (!this.#stream.closed && !this.#stream.destroyed && !this.headersSent) this.#begin();
  }

  writeHead(statusCode, statusMessage, headers) {
    if (this.#stream.closed || this.#stream.destroyed || this.#isEnded) return this;
    if (this.headersSent) throw new codes.ERR_HTTP2_HEADERS_SENT();
    const given = typeof statusMessage === 'string' ? headers : statusMessage ?? headers;
    if (Array.isArray(given)) {
      const pairs = Array.isArray(given[0]) ? given : given.flatMap((one, index) => (index % 2 === 0 ? [[one, given[index + 1]]] : []));
      for (const [name, value] of pairs) this.setHeader(name, value);
    } else if (typeof given === 'object' && given !== null) {
      for (const name of Object.keys(given)) this.setHeader(name, given[name]);
    }
    this.statusCode = statusCode;
    this.#begin();
    return this;
  }

  #begin(endStream = false) {
    const headers = { ...this.#headers, ':status': this.#status };
    this.#stream.respond(headers, { endStream, waitForTrailers: !endStream, sendDate: this.#sendDate });
  }

  write(chunk, encoding, callback) {
    const done = typeof encoding === 'function' ? encoding : callback;
    const problem = this.#isEnded ? new codes.ERR_STREAM_WRITE_AFTER_END() :
      this.#stream.destroyed || this.#stream.closed ? new codes.ERR_HTTP2_INVALID_STREAM() : undefined;
    if (problem !== undefined) {
      if (typeof done === 'function') process.nextTick(done, problem);
      else if (this.#isEnded) this.destroy(problem);
      return false;
    }
    if (!this.headersSent) this.#begin();
    return this.#stream.write(chunk, typeof encoding === 'string' ? encoding : undefined, typeof done === 'function' ? done : undefined);
  }

  end(chunk, encoding, callback) {
    if (typeof chunk === 'function') {
      callback = chunk;
      chunk = undefined;
    } else if (typeof encoding === 'function') {
      callback = encoding;
      encoding = undefined;
    }
    if (this.#isEnded || this.#isClosed) {
      if (typeof callback === 'function') process.nextTick(callback);
      return this;
    }
    const hasTrailers = Object.keys(this.#trailers).length > 0;
    const hasNoBody = this.#request.method === 'HEAD' || NO_BODY.has(this.#status);
    if (chunk !== undefined && chunk !== null && !hasNoBody) this.write(chunk, encoding);
    this.#isEnded = true;
    if (typeof callback === 'function') {
      if (this.#stream.writableFinished) process.nextTick(callback);
      else this.#stream.once('finish', callback);
    }
    if (!this.headersSent && !this.#stream.destroyed && !this.#stream.closed) this.#begin(hasNoBody || !hasTrailers);
    if (!this.#stream.writableEnded) this.#stream.end();
    return this;
  }

  destroy(error) {
    this.#stream.destroy(error);
    return this;
  }

  cork() {
    this.#stream.cork();
  }

  uncork() {
    this.#stream.uncork();
  }

  setTimeout(time, callback) {
    this.#stream.setTimeout(time, callback);
    return this;
  }

  writeContinue() {
    if (this.#stream.destroyed || this.headersSent) return false;
    this.#stream.additionalHeaders({ ':status': 100 });
    return true;
  }

  writeInformation(statusCode, headers) {
    if (this.#stream.destroyed || this.headersSent) return false;
    this.#stream.additionalHeaders({ ...headers, ':status': statusCode });
    return true;
  }

  writeEarlyHints(hints) {
    const link = [hints.link].flat().join(', ');
    if (this.#stream.destroyed || this.headersSent || link === '') return false;
    this.#stream.additionalHeaders({ ...hints, ':status': 103, link });
    return true;
  }

  createPushResponse(headers, callback) {
    validateFunction(callback, 'callback');
    if (this.#stream.closed || this.#stream.destroyed) {
      process.nextTick(callback, new codes.ERR_HTTP2_INVALID_STREAM());
      return;
    }
    this.#stream.pushStream(headers, {}, (error, stream, given) => {
      if (error) {
        callback(error);
        return;
      }
      const request = new Http2ServerRequest(kMake, stream, given, []);
      callback(null, new Http2ServerResponse(kMake, stream, request));
    });
  }
}

/** Headers of a connection mean nothing to HTTP/2, so that servers of both can set them. */
function isOfConnection(name, value) {
  return name === 'connection' || name === 'upgrade' || name === 'http2-settings' || name === 'keep-alive' ||
    name === 'proxy-connection' || name === 'transfer-encoding' || (name === 'te' && value !== 'trailers');
}

let isWarned = false;

function warnConnection() {
  if (isWarned) return;
  isWarned = true;
  process.emitWarning('The provided connection header is not valid, the value will be dropped from the header and will never be in use.',
    'UnsupportedWarning');
}

/** Makes a request and a response of a stream. */
function onStream(server, options, stream, headers, list) {
  const Request = options.Http2ServerRequest ?? Http2ServerRequest;
  const Response = options.Http2ServerResponse ?? Http2ServerResponse;
  const request = new Request(kMake, stream, headers, list);
  const response = new Response(kMake, stream, request);
  if (headers[':method'] === 'CONNECT') {
    if (!server.emit('connect', request, response)) {
      response.statusCode = 405;
      response.end();
    }
    return;
  }
  if (headers.expect !== undefined) {
    if (/^100-continue$/i.test(headers.expect)) {
      if (server.listenerCount('checkContinue') > 0) {
        server.emit('checkContinue', request, response);
        return;
      }
      response.writeContinue();
    } else if (server.listenerCount('checkExpectation') > 0) {
      server.emit('checkExpectation', request, response);
      return;
    } else {
      response.statusCode = 417;
      response.end();
      return;
    }
  }
  server.emit('request', request, response);
}

module.exports = { Http2ServerRequest, Http2ServerResponse, onStream };
