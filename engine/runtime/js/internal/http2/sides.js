'use strict';

// The two kinds of sessions: a server's and a client's (https://nodejs.org/api/http2.html#class-serverhttp2session).

const { codes } = require('internal/errors');
const { constants } = require('internal/http2/constants');
const { altsvcFrame, originPayload } = require('internal/http2/extensions');
const { number, types } = require('internal/http2/frames');
const { REQUEST_PSEUDO, isWellFormed, toList, toObject } = require('internal/http2/headers');
const { Http2Session } = require('internal/http2/session');
const { ClientHttp2Stream, ServerHttp2Stream } = require('internal/http2/stream');

const { NGHTTP2_CANCEL, NGHTTP2_PROTOCOL_ERROR } = constants;

class ServerHttp2Session extends Http2Session {
  _nextId = 2;

  constructor(options, socket, server) {
    super(constants.NGHTTP2_SESSION_SERVER, options, socket);
    this.server = server;
    if (options.origins !== undefined && socket?.encrypted) this.origin(...options.origins);
  }

  altsvc(alt, originOrStream) {
    if (this.destroyed) throw new codes.ERR_HTTP2_INVALID_SESSION();
    const [stream, payload] = altsvcFrame(alt, originOrStream);
    if (stream === 0 ? payload.readUInt16BE(0) > 0 : this._streams.has(stream)) this._sendExtension(types.ALTSVC, stream, payload);
  }

  origin(...origins) {
    if (this.destroyed) throw new codes.ERR_HTTP2_INVALID_SESSION();
    const payload = originPayload(origins);
    if (payload !== undefined) this._sendExtension(types.ORIGIN, 0, payload);
  }

  /** Promises a response that nobody has asked for yet. */
  _push(parent, headers, callback) {
    const id = this._nextId;
    this._nextId += 2;
    const given = { ':method': 'GET', ':authority': parent._authority, ':scheme': this.encrypted ? 'https' : 'http', ...headers };
    const list = toList(given, REQUEST_PSEUDO);
    const stream = new ServerHttp2Stream(this, id, given);
    this._streams.set(id, stream);
    this._sendHeaders(parent, list, false, types.PUSH_PROMISE, number(id));
    stream._endOfRemote();
    process.nextTick(callback, null, stream, toObject(list));
  }
}

class ClientHttp2Session extends Http2Session {
  _nextId = 1;
  #authority;
  #scheme;
  #pending = [];
  #isReady = false;

  constructor(options, authority, scheme) {
    super(constants.NGHTTP2_SESSION_CLIENT, options);
    this.#authority = authority;
    this.#scheme = scheme;
  }

  _ready() {
    this.#isReady = true;
    this._freed();
  }

  _hasPending() {
    return this.#pending.length > 0;
  }

  _lostError() {
    return undefined;
  }

  _cancelPending(error) {
    for (const { stream } of this.#pending.splice(0)) stream.destroy(canceled(error));
  }

  /** Connected, and streams may begin. */
  _start() {
    this.#isReady = true;
    if (this._isClosing) {
      // It was closed before it was there: streams that wait for it do not begin any more.
      for (const { stream } of this.#pending.splice(0)) stream.destroy(new codes.ERR_HTTP2_GOAWAY_SESSION());
      this._settle();
      return;
    }
    this._freed();
  }

  /** Streams that wait begin as the server allows. */
  _freed() {
    while (this.#isReady && !this.destroyed && this.#pending.length > 0 && this._streams.size < this.remoteSettings.maxConcurrentStreams) {
      const { ends, list, stream } = this.#pending.shift();
      if (!stream.destroyed) this.#begin(stream, list, ends);
    }
  }

  #begin(stream, list, ends) {
    const id = this._nextId;
    this._nextId += 2;
    stream._begin(id);
    this._streams.set(id, stream);
    if (ends) stream._endsWithHeaders();
    this._sendHeaders(stream, list, ends);
    process.nextTick(() => stream.emit('ready'));
    stream._flush();
  }

  request(headers = {}, options = {}) {
    const { validateAbortSignal, validateObject } = require('internal/validators');
    validateObject(options, 'options');
    if (options.signal !== undefined) validateAbortSignal(options.signal, 'options.signal');
    const isList = Array.isArray(headers);
    if (!isList) validateObject(headers, 'headers');
    const given = isList ? toObject(headers.map(String)) : { __proto__: null, ...headers };
    const defaults = { ':method': 'GET', ':authority': this.#authority, ':scheme': this.#scheme, ':path': '/' };
    const isConnect = given[':method'] === 'CONNECT';
    for (const [name, value] of Object.entries(defaults)) {
      if (isConnect && (name === ':scheme' || name === ':path')) continue;
      if (given[name] === undefined && !(name === ':authority' && given.host !== undefined)) given[name] = value;
    }
    const list = toList(given, REQUEST_PSEUDO);
    const ends = options.endStream ?? ['GET', 'HEAD', 'DELETE'].includes(given[':method']);
    const stream = new ClientHttp2Stream(this, options);
    if (this._isClosing || this.destroyed) {
      if (ends) stream.end();
      const error = this.destroyed || this.connecting ? new codes.ERR_HTTP2_INVALID_SESSION() : new codes.ERR_HTTP2_GOAWAY_SESSION();
      process.nextTick(() => stream.destroy(error));
      return stream;
    }
    stream.sentHeaders = given;
    stream.authority = given[':authority'];
    if (ends) stream.end();
    const { signal } = options;
    if (signal?.aborted) {
      const { AbortError } = require('internal/errors');
      process.nextTick(() => stream.destroy(new AbortError(undefined, { cause: signal.reason })));
      return stream;
    }
    if (signal !== undefined) {
      const { AbortError } = require('internal/errors');
      const disposable = require('internal/events/abort_listener').addAbortListener(signal, () =>
        stream.destroy(new AbortError(undefined, { cause: signal.reason })));
      stream.once('close', disposable[Symbol.dispose]);
    }
    if (this.#isReady && this._streams.size < this.remoteSettings.maxConcurrentStreams) this.#begin(stream, list, ends);
    else this.#pending.push({ ends, list, stream });
    return stream;
  }

  _promised(parent, id, list, flag) {
    if (id % 2 === 1 || list === false || !isWellFormed(list, { isRequest: true })) return NGHTTP2_PROTOCOL_ERROR;
    this._noteStream(id);
    const stream = new ClientHttp2Stream(this, {});
    stream._begin(id);
    stream._endsWithHeaders();
    this._streams.set(id, stream);
    stream.end();
    const headers = toObject(list);
    // The response to it is told as `push`.
    const { emit } = stream;
    stream.emit = function(name, ...args) {
      return Reflect.apply(emit, this, [name === 'response' ? 'push' : name, ...args]);
    };
    process.nextTick(() => {
      if (!this.emit('stream', stream, headers, flag, list)) stream.close(NGHTTP2_CANCEL);
    });
    return undefined;
  }
}

/** Why a stream that has not begun never will. */
function canceled(cause) {
  const error = new codes.ERR_HTTP2_STREAM_CANCEL(cause?.message);
  if (cause !== undefined) error.cause = cause;
  return error;
}

module.exports = { ClientHttp2Session, ServerHttp2Session };
