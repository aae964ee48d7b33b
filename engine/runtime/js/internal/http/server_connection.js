'use strict';

// A connection of a server: requests come in, responses go out in the same order.

const { channel } = require('diagnostics_channel');
const { codes } = require('internal/errors');
const { kConsumer } = require('internal/net/socket');
const { begin } = require('internal/perf/node_entry');
const { HTTPParser, freeParser, parsers } = require('internal/http/parser');
const { isLenient } = require('internal/http/settings');
const { kAbortSignal, setVersion, startReading, stopReading } = require('internal/http/incoming');
const { emitClose } = require('internal/http/server_response');
const { kUnique } = require('internal/http/outgoing');
const { kConnections, kServerSettings } = require('internal/http/server');
const { describe, describeResponse } = require('internal/http/observe');
const { forConnection } = require('internal/http/resource');
const { kTraced, traceServed } = require('internal/http/trace');

const CONTINUE = /(?:^|\W)100-continue(?:$|\W)/i;
const BAD_REQUEST = 'HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n';
const REFUSALS = {
  __proto__: null,
  HPE_HEADER_OVERFLOW: 'HTTP/1.1 431 Request Header Fields Too Large\r\nConnection: close\r\n\r\n',
  HPE_CHUNK_EXTENSIONS_OVERFLOW: 'HTTP/1.1 413 Payload Too Large\r\nConnection: close\r\n\r\n',
  ERR_HTTP_REQUEST_TIMEOUT: 'HTTP/1.1 408 Request Timeout\r\nConnection: close\r\n\r\n',
};

const kState = Symbol('kState');
/** What a response answers, and who is to hear of its end. */
const kExchange = Symbol('kExchange');

const created = channel('http.server.response.created');
const started = channel('http.server.request.start');
const finished = channel('http.server.response.finish');

/** More headers than this are refused, unless the server says otherwise. */
const DEFAULT_HEADERS_COUNT = 1000;

/** What is known of a connection. */
class Connection {
  /** When the message that is read began, in milliseconds; 0 between messages. */
  began = performance.now();
  headCame = false;
  /** Requests that are not read to their end. */
  incoming = [];
  /** Responses, the one that is on the socket first. */
  outgoing = [];
  /** Bytes of responses that cannot be sent yet. */
  waitingBytes = 0;
  requests = 0;
  keepAliveTimeoutSet = false;
  /** The connection was stopped because responses are not taken away. */
  isStopped = false;

  constructor(server, socket) {
    this.server = server;
    this.socket = socket;
    this.onPendingData = (bytes) => countWaiting(this, bytes);
  }

  answering() {
    return this.outgoing.length > 0 || Boolean(this.socket._httpMessage);
  }
}

/** Serves what comes over `socket`. */
function serve(server, socket) {
  socket.setEncoding = () => {
    throw new codes.ERR_HTTP_SOCKET_ENCODING();
  };
  // A TLS socket was counted before; any stream may be given to a server that does not listen.
  socket.server ??= server;
  const connection = new Connection(server, socket);
  socket[kState] = connection;
  server[kConnections].add(connection);
  if (server.timeout && typeof socket.setTimeout === 'function') socket.setTimeout(server.timeout);
  socket.on('timeout', onTimeout);

  const parser = parsers.alloc(HTTPParser.REQUEST, server.insecureHTTPParser ?? isLenient(), server.maxHeaderSize ?? 0);
  parser.socket = socket;
  parser.resource = forConnection(socket);
  parser.drains = Boolean(socket._handle);
  socket.parser = parser;
  parser.onHead = (head) => onHead(connection, parser, head);
  parser.onBody = (chunk) => onBody(connection, parser, chunk);
  parser.onEnd = (trailers) => onEnd(connection, parser, trailers);

  socket.on('error', onSocketError);
  socket.on('close', onSocketClose);
  socket.on('data', onData);
  socket[kConsumer] = onData;
  socket.on('end', onSocketEnd);
  socket.on('drain', onDrain);
  socket._paused = false;
  socket.on('resume', onResume);
  socket.on('pause', onPause);
}

function onResume() {
  // A connection that was stopped goes on when its responses are taken away.
  if (this._paused) this.pause();
}

function onPause() {}

function onTimeout() {
  const { server } = this[kState];
  const request = this.parser?.incoming;
  // Whoever is concerned hears of it; only when nobody listens the connection ends.
  const seen = [
    request && !request.complete && request.emit('timeout', this),
    this._httpMessage?.emit('timeout', this),
    server.emit('timeout', this),
  ];
  if (!seen.includes(true)) this.destroy();
}

function onSocketError(error) {
  if (!this.server?.emit('clientError', error, this)) {
    if (this.writable && (!this._httpMessage || !this._httpMessage._headerSent)) {
      this.write(BAD_REQUEST, 'latin1');
    }
    this.destroy(error);
  }
}

function onSocketClose() {
  const connection = this[kState];
  connection.server[kConnections].delete(connection);
  freeParser(this.parser, null, this);
  abortIncoming(connection.incoming);
}

function abortIncoming(incoming) {
  while (incoming.length > 0) {
    const message = incoming.shift();
    // One that was read to its end is destroyed already; its signal has to hear of it all the same.
    message[kAbortSignal]();
    message.destroy(resetError('aborted'));
  }
}

function resetError(message) {
  return Object.assign(new Error(message), { code: 'ECONNRESET' });
}

function onData(chunk) {
  const connection = this[kState];
  const { parser } = this;
  if (!parser) return;
  if (connection.began === 0) {
    connection.began = performance.now();
    connection.headCame = false;
  }
  afterExecute(connection, parser, parser.execute(chunk), chunk);
}

function afterExecute(connection, parser, result, chunk) {
  const { server, socket } = connection;
  if (connection.keepAliveTimeoutSet) resetTimeout(connection);
  if (result instanceof Error) {
    refuse(server, socket, result);
  } else if (parser.incoming?.upgrade && parser.upgraded) {
    upgrade(connection, parser, chunk.subarray(result));
  } else if (socket.parser) {
    if (connection.began === 0 && !parser.isIdle) {
      // The next message came together with the end of the last.
      connection.began = performance.now();
      connection.headCame = false;
    }
    if (socket._paused) socket.pause();
  }
}

function upgrade(connection, parser, head) {
  const { server, socket } = connection;
  const request = parser.incoming;
  socket.removeListener('data', onData);
  socket.removeListener('end', onSocketEnd);
  socket.removeListener('close', onSocketClose);
  socket.removeListener('drain', onDrain);
  socket.removeListener('error', onSocketError);
  socket.removeListener('timeout', onTimeout);
  socket.removeListener('resume', onResume);
  socket.removeListener('pause', onPause);
  delete socket.setEncoding;
  server[kConnections].delete(connection);
  freeParser(parser, request, socket);
  socket.readableFlowing = null;
  const event = request.method === 'CONNECT' ? 'connect' : 'upgrade';
  if (server.listenerCount(event) > 0) {
    server.emit(event, request, socket, head);
  } else {
    socket.destroy();
  }
}

/** Tells of an error of the client's, or answers it. */
function refuse(server, socket, error) {
  // The parser stays: whoever keeps the socket open hears of all that comes.
  socket.removeListener('error', onSocketError);
  if (socket.listenerCount('error') === 0) socket.on('error', () => {});
  if (server.emit('clientError', error, socket)) return;
  if (socket.writable && (!socket._httpMessage || !socket._httpMessage._headerSent)) {
    socket.write(REFUSALS[error.code] ?? BAD_REQUEST, 'latin1');
  }
  if (typeof socket.destroySoon === 'function' && error.code === 'ERR_HTTP_REQUEST_TIMEOUT') socket.destroy(error);
  else socket.destroy(error);
}

function onSocketEnd() {
  const connection = this[kState];
  const { server } = connection;
  const error = this.parser?.finish();
  if (error instanceof Error) {
    refuse(server, this, error);
    return;
  }
  if (!server.httpAllowHalfOpen) {
    if (this.writable) this.end();
  } else if (connection.outgoing.length > 0) {
    connection.outgoing.at(-1)._last = true;
  } else if (this._httpMessage) {
    this._httpMessage._last = true;
  } else if (this.writable) {
    this.end();
  }
}

function onDrain() {
  const connection = this[kState];
  const isFull = connection.waitingBytes > this.writableHighWaterMark;
  if (this._paused && !isFull) {
    this._paused = false;
    if (this.parser) startReading(this);
  }
  const message = this._httpMessage;
  if (message && !message.finished && message.writableNeedDrain) {
    clearNeedDrain(message);
    message.emit('drain');
  }
}

function clearNeedDrain(message) {
  message[require('internal/http/outgoing').kNeedDrain] = false;
}

/** What a response wants to send waits: with too much of it nothing more is read. */
function countWaiting(connection, bytes) {
  const { socket } = connection;
  connection.waitingBytes += bytes;
  const isFull = socket._writableState.needDrain || connection.waitingBytes >= socket.writableHighWaterMark;
  if (isFull && !socket._paused) {
    socket._paused = true;
    socket.pause();
  } else if (!isFull && socket._paused) {
    socket._paused = false;
    startReading(socket);
  }
}

function resetTimeout(connection) {
  const { socket, server } = connection;
  connection.keepAliveTimeoutSet = false;
  if (typeof socket.setTimeout === 'function') socket.setTimeout(server.timeout || 0);
}

function newRequest(connection, parser, head) {
  const { server, socket } = connection;
  const { IncomingMessage } = server[kServerSettings];
  const request = new IncomingMessage(socket);
  setVersion(request, head.version);
  request.joinDuplicateHeaders = server.joinDuplicateHeaders;
  request.url = head.text;
  request.upgrade = head.upgrade;
  request._addHeaderLines(head.headers);
  request.method = head.first;
  parser.incoming = request;
  return request;
}

/** Whether the head speaks of a body. */
function hasBody(request) {
  const { headers, method } = request;
  return method !== 'HEAD' && (headers['content-length'] !== undefined || headers['transfer-encoding'] !== undefined);
}

/** A request without a body is at its end before the script sees it. */
function leaveOutBody(request) {
  request._dumped = true;
  const state = request._readableState;
  state.ended = true;
  state.endEmitted = true;
  state.destroyed = true;
}

/** A request's head is there. Returns whether another protocol takes over. */
function onHead(connection, parser, head) {
  const { server, socket } = connection;
  connection.headCame = true;
  const most = server.maxHeadersCount ?? DEFAULT_HEADERS_COUNT;
  if (most > 0 && head.headers.length > most * 2) return parser.constructor.TOO_MANY_HEADERS;
  const request = newRequest(connection, parser, head);
  if (head.upgrade) {
    const isTaken = request.method === 'CONNECT' || server.shouldUpgradeCallback(request);
    if (isTaken) return true;
    request.upgrade = false;
  }
  if (server.optimizeEmptyRequests && !hasBody(request)) leaveOutBody(request);
  connection.incoming.push(request);
  if (connection.keepAliveTimeoutSet) resetTimeout(connection);

  const { ServerResponse, unique } = server[kServerSettings];
  const response = new ServerResponse(request, {
    highWaterMark: socket.writableHighWaterMark,
    rejectNonStandardBodyWrites: server.rejectNonStandardBodyWrites,
  });
  response._keepAliveTimeout = server.keepAliveTimeout;
  response._maxRequestsPerSocket = server.maxRequestsPerSocket;
  response._onPendingData = connection.onPendingData;
  response.shouldKeepAlive = head.keepAlive;
  response[kUnique] = unique;
  const traced = traceServed(request.method, request.url);
  response[kExchange] = {
    connection, request, measured: begin('http', 'HttpRequest', describe(request)),
  };
  if (created.hasSubscribers) created.publish({ request, response });
  if (started.hasSubscribers) started.publish({ request, response, socket, server });

  if (socket._httpMessage) connection.outgoing.push(response);
  else response.assignSocket(socket);
  response.on('finish', onFinish);
  if (traced !== undefined) response[kTraced] = traced;

  let handled = false;
  if (request.httpVersionMinor === 1) {
    // A host makes clear whom the message is for (https://www.rfc-editor.org/rfc/rfc9112#name-request-target).
    if (server.requireHostHeader && request.headers.host === undefined) {
      response.writeHead(400, ['Connection', 'close']);
      response.end();
      return false;
    }
    const most = server.maxRequestsPerSocket;
    if (most > 0) {
      connection.requests++;
      response.maxRequestsOnConnectionReached = most <= connection.requests;
    }
    if (most > 0 && connection.requests > most) {
      handled = true;
      server.emit('dropRequest', request, socket);
      response.writeHead(503);
      response.end();
    } else if (request.headers.expect !== undefined) {
      handled = true;
      expectation(server, request, response);
    }
  }
  if (!handled) server.emit('request', request, response);
  return false;
}

function expectation(server, request, response) {
  if (CONTINUE.test(request.headers.expect)) {
    response._expect_continue = true;
    if (server.listenerCount('checkContinue') > 0) {
      server.emit('checkContinue', request, response);
    } else {
      response.writeContinue();
      server.emit('request', request, response);
    }
  } else if (server.listenerCount('checkExpectation') > 0) {
    server.emit('checkExpectation', request, response);
  } else {
    response.writeHead(417);
    response.end();
  }
}

function onFinish() {
  const { connection, measured, request } = this[kExchange];
  this[kTraced]?.end();
  measured?.({ res: describeResponse(this, this.getHeaders()) });
  onResponseFinish(connection, request, this);
}

function onBody(connection, parser, chunk) {
  const request = parser.incoming;
  if (request === null || request._dumped) return;
  if (!request.push(chunk)) stopReading(connection.socket);
}

function onEnd(connection, parser, trailers) {
  connection.began = 0;
  const request = parser.incoming;
  if (request !== null) {
    request.complete = true;
    if (trailers.length > 0) request._addHeaderLines(trailers);
    if (!request._readableState.ended) request.push(null);
  }
  // The next request may follow.
  if (!parser.upgraded) startReading(connection.socket);
}

/** A response is written: the next one may go, or the connection ends or waits. */
function onResponseFinish(connection, request, response) {
  const { server, socket } = connection;
  if (finished.hasSubscribers) finished.publish({ request, response, socket, server });
  const index = connection.incoming.indexOf(request);
  if (index !== -1) connection.incoming.splice(index, 1);
  // What nobody reads would be in the way of the next request.
  if (!request._consuming && !request.readableDidRead) request._dump();
  if (socket.destroyed) {
    response.detachSocket(socket);
    process.nextTick(emitClose, response);
    return;
  }
  response.detachSocket(socket);
  clearIncomingOf(request);
  process.nextTick(emitClose, response);
  if (response._last) {
    if (typeof socket.destroySoon === 'function') socket.destroySoon();
    else socket.end();
    return;
  }
  const next = connection.outgoing.shift();
  if (next) {
    next.assignSocket(socket);
  } else if (server.keepAliveTimeout && typeof socket.setTimeout === 'function') {
    socket.setTimeout(server.keepAliveTimeout + server.keepAliveTimeoutBuffer);
    connection.keepAliveTimeoutSet = true;
  }
}

function clearIncomingOf(request) {
  const { parser } = request.socket ?? {};
  if (parser?.incoming !== request) return;
  if (request.readableEnded) parser.incoming = null;
  else request.once('end', onIncomingEnd);
}

function onIncomingEnd() {
  const { parser } = this.socket ?? {};
  if (parser?.incoming === this) parser.incoming = null;
}

module.exports = { refuse, serve };
