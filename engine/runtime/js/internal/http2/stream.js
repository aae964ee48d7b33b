'use strict';

// Streams of a session (https://nodejs.org/api/http2.html#class-http2stream).

const { Buffer } = require('buffer');
const { Duplex } = require('stream');
const { codes } = require('internal/errors');
const { constants } = require('internal/http2/constants');
const { RESPONSE_PSEUDO, TRAILER_PSEUDO, toList, toObject } = require('internal/http2/headers');
const { startOwn } = require('internal/timers');
const { validateObject } = require('internal/validators');

const { NGHTTP2_CANCEL, NGHTTP2_INTERNAL_ERROR, NGHTTP2_NO_ERROR } = constants;
const OPEN = 2;
const HALF_CLOSED_LOCAL = 5;
const HALF_CLOSED_REMOTE = 6;
const CLOSED = 7;

const nameOfCode = (code) => Object.keys(constants).find((name) =>
  /^NGHTTP2_[A-Z0-9_]+$/.test(name) && !/_(?:FLAG|STATE|SETTINGS|ERR|SESSION|HCAT|DEFAULT)_/.test(name) && constants[name] === code) ?? code;

class Http2Stream extends Duplex {
  #session;
  #id;
  /** What was written and has not gone out: `{ bytes, done }`. */
  #waiting = [];
  #isEnding;
  #isLocalOver = false;
  #isRemoteOver = false;
  #received = 0;
  #timer;
  #rstCode = NGHTTP2_NO_ERROR;
  #isClosed = false;
  aborted = false;
  sentHeaders = undefined;
  sentInfoHeaders = undefined;
  sentTrailers = undefined;
  endAfterHeaders = false;
  _isHead = false;
  /** What this side and the other may still send. */
  sendWindow = 65535;
  /** Trailers are asked for when all data has gone out. */
  _waitForTrailers = false;

  constructor(session, options) {
    super({ ...options, decodeStrings: true, emitClose: true, autoDestroy: true, allowHalfOpen: true });
    this.#session = session;
  }

  _begin(id) {
    this.#id = id;
    this.sendWindow = this.#session._peerWindow();
  }

  get id() {
    return this.#id;
  }

  get session() {
    return this.#isClosed && this.destroyed ? undefined : this.#session;
  }

  get pending() {
    return this.#id === undefined;
  }

  get closed() {
    return this.#isClosed;
  }

  get rstCode() {
    return this.#rstCode;
  }

  get bufferSize() {
    return this.writableLength;
  }

  get headersSent() {
    return this.sentHeaders !== undefined;
  }

  get state() {
    const state = this.#isClosed ? CLOSED : this.#isLocalOver ? HALF_CLOSED_LOCAL : this.#isRemoteOver ? HALF_CLOSED_REMOTE : OPEN;
    return {
      state, weight: 16, sumDependencyWeight: 0, localClose: Number(this.#isLocalOver), remoteClose: Number(this.#isRemoteOver),
      localWindowSize: this.sendWindow,
    };
  }

  setTimeout(time, callback) {
    clearTimeout(this.#timer);
    if (callback !== undefined) this.once('timeout', callback);
    this.timeoutTime = time;
    this._touch();
    return this;
  }

  /** Something has happened: the time begins anew. */
  _touch() {
    clearTimeout(this.#timer);
    if (this.timeoutTime > 0 && !this.destroyed) {
      this.#timer = startOwn('node:http2 streamTimeout', () => this.emit('timeout'), this.timeoutTime);
    }
  }

  priority(_options) {
    if (Http2Stream.#isPriorityTold) return;
    Http2Stream.#isPriorityTold = true;
    process.emitWarning('http2Stream.priority is longer supported after priority signalling was deprecated in RFC 9113',
      'DeprecationWarning', 'DEP0194');
  }

  /** Whether it was told that priorities are gone from the protocol. */
  static #isPriorityTold = false;

  /** Whether the request has the method HEAD. */
  get headRequest() {
    return this._isHead;
  }

  [Symbol.for('nodejs.util.inspect.custom')](depth, options) {
    const { closed, destroyed } = this;
    const shown = {
      id: this.id ?? '<pending>', closed, destroyed, state: this.pending || destroyed ? {} : this.state,
      readableState: this._readableState, writableState: this._writableState,
    };
    return require('internal/http2/extensions').inspectAs(this, 'Http2Stream', shown, depth, options);
  }

  _read() {
    this.#session._consumed(this, this.#received);
    this.#received = 0;
  }

  /** Data from the other side. */
  _take(bytes, length) {
    this._touch();
    this.#received += length;
    if (bytes.length > 0 ? this.push(bytes) : true) this._read();
  }

  /** The other side has nothing more to say. */
  _endOfRemote() {
    if (this.#isRemoteOver) return;
    this.#isRemoteOver = true;
    this.push(null);
    // Without data nobody may ever read.
    if (this.readableLength === 0) this.read(0);
    this._maybeClosed();
  }

  _write(bytes, _encoding, done) {
    this.#queue(bytes, done);
  }

  _writev(chunks, done) {
    this.#queue(Buffer.concat(chunks.map(({ chunk }) => chunk)), done);
  }

  #queue(bytes, done) {
    this._touch();
    if (this.#isClosed) {
      done();
      return;
    }
    if (this.headersSent === false && this._implicitHeaders !== undefined) this._implicitHeaders();
    this.#waiting.push({ bytes, done });
    this._flush();
  }

  _final(done) {
    if (this.#isClosed) {
      done();
      return;
    }
    if (this.headersSent === false && this._implicitHeaders !== undefined) this._implicitHeaders();
    this.#isEnding = done;
    this._flush();
  }

  /** Sends what windows allow. */
  _flush() {
    if (this.#id === undefined || this.#isClosed) return;
    while (this.#waiting.length > 0) {
      const [first] = this.#waiting;
      const size = Math.min(first.bytes.length, this.sendWindow, this.#session._room());
      if (size <= 0 && first.bytes.length > 0) return;
      const isLast = size === first.bytes.length;
      const ends = isLast && this.#waiting.length === 1 && this.#isEnding !== undefined && !this._waitForTrailers;
      this.sendWindow -= size;
      this.#session._sendData(this, first.bytes.subarray(0, size), ends);
      if (!isLast) {
        first.bytes = first.bytes.subarray(size);
        continue;
      }
      this.#waiting.shift();
      if (ends) this.#isLocalOver = true;
      first.done();
    }
    if (this.#isEnding !== undefined) this.#finish();
  }

  #finish() {
    const done = this.#isEnding;
    this.#isEnding = undefined;
    if (this.#isLocalOver) {
      // It was said with the last data, or with the headers.
    } else if (this._waitForTrailers && this.sentTrailers === undefined) {
      this._wantsTrailers = true;
      done();
      if (!this.emit('wantTrailers')) this.close();
      return;
    } else {
      this.#isLocalOver = true;
      this.#session._sendData(this, Buffer.alloc(0), true);
    }
    done();
    this._maybeClosed();
  }

  _endsWithHeaders() {
    this.#isLocalOver = true;
  }

  sendTrailers(headers) {
    if (this.destroyed || this.#isClosed) throw new codes.ERR_HTTP2_INVALID_STREAM();
    if (this.sentTrailers !== undefined) throw new codes.ERR_HTTP2_TRAILERS_ALREADY_SENT();
    if (!this._wantsTrailers) throw new codes.ERR_HTTP2_TRAILERS_NOT_READY();
    validateObject(headers, 'headers');
    const list = toList(headers, TRAILER_PSEUDO);
    this.sentTrailers = headers;
    this.#isLocalOver = true;
    if (list.length === 0) this.#session._sendData(this, Buffer.alloc(0), true);
    else this.#session._sendHeaders(this, list, true);
    this._maybeClosed();
  }

  /** Both sides have said all. */
  _maybeClosed() {
    if (this.#isLocalOver && this.#isRemoteOver) {
      this._closed(NGHTTP2_NO_ERROR);
    } else if (this.#isLocalOver && this._isServer && this.readableFlowing === null) {
      // Nobody wants the rest of the request.
      setImmediate(() => {
        if (!this.#isRemoteOver && this.readableFlowing === null && this.readableLength === 0) this.close(NGHTTP2_NO_ERROR);
      });
    }
  }

  /** Ends the stream; the other side hears of it. */
  close(code = NGHTTP2_NO_ERROR, callback = undefined) {
    if (typeof code !== 'number') throw new codes.ERR_INVALID_ARG_TYPE('code', 'number', code);
    if (code < 0 || code > 2 ** 32 - 1 || !Number.isInteger(code)) throw new codes.ERR_OUT_OF_RANGE('code', '>= 0 && <= 4294967295', code);
    if (callback !== undefined) this.once('close', callback);
    if (this.#isClosed) return;
    if (this.#id === undefined) {
      this.once('ready', () => this.close(code));
      return;
    }
    if (code === NGHTTP2_NO_ERROR && !this.writableEnded && !this._isServer) {
      this.end();
    }
    if (!(this.#isLocalOver && this.#isRemoteOver)) this.#session._sendReset(this, code);
    this._closed(code);
  }

  /** The stream is over on both sides. */
  _closed(code, isByPeer = false) {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#rstCode = code;
    clearTimeout(this.#timer);
    this.#session._forget(this);
    for (const { done } of this.#waiting.splice(0)) done();
    const ending = this.#isEnding;
    this.#isEnding = undefined;
    ending?.();
    if (!this.#isRemoteOver || !this.#isLocalOver) {
      if (!this.writableEnded && (isByPeer || code !== NGHTTP2_NO_ERROR) && !this.aborted && code !== NGHTTP2_NO_ERROR) {
        this.aborted = true;
        this.emit('aborted');
      }
      if (!this.writableEnded) this.end();
      if (!this.#isRemoteOver) {
        this.#isRemoteOver = true;
        this.push(null);
        // Nobody who has not asked for it is told of the end of what was cut off.
        if (this.readableLength === 0 && (code === NGHTTP2_NO_ERROR || this.readableFlowing !== null)) this.read(0);
      }
    }
    if (code !== NGHTTP2_NO_ERROR && code !== NGHTTP2_CANCEL) {
      this.destroy(new codes.ERR_HTTP2_STREAM_ERROR(nameOfCode(code)));
    } else if (code !== NGHTTP2_NO_ERROR || this._isServer) {
      // What was not read any more is read by nobody.
      setImmediate(() => {
        if (this.readableFlowing === null || this.readableEnded) this.destroy();
        else this.once('end', () => this.destroy());
      });
    }
  }

  _destroy(error, done) {
    clearTimeout(this.#timer);
    if (!this.#isClosed) {
      const isOver = this.#session.destroyed || (this.#isLocalOver && this.#isRemoteOver);
      const code = error === null ? (isOver ? NGHTTP2_NO_ERROR : NGHTTP2_CANCEL) : NGHTTP2_INTERNAL_ERROR;
      const isAbort = error?.name === 'AbortError';
      this.#rstCode = isAbort ? NGHTTP2_CANCEL : code;
      this.#isClosed = true;
      if (this.#id !== undefined && !this.#session.destroyed && !(this.#isLocalOver && this.#isRemoteOver)) {
        this.#session._sendReset(this, this.#rstCode);
      }
      this.#session._forget(this);
      if (!this.writableEnded && !this.aborted && !this.#isRemoteOver) {
        this.aborted = true;
        process.nextTick(() => this.emit('aborted'));
      }
      for (const { done: written } of this.#waiting.splice(0)) written(error);
    }
    done(error);
  }
}

class ServerHttp2Stream extends Http2Stream {
  _isServer = true;

  constructor(session, id, headers) {
    super(session, {});
    this._begin(id);
    this._isHead = headers[':method'] === 'HEAD';
    this._authority = headers[':authority'];
  }

  get pushAllowed() {
    return !this.destroyed && !this.closed && this.session !== undefined && this.session.remoteSettings.enablePush;
  }

  #check() {
    if (this.destroyed) throw new codes.ERR_HTTP2_INVALID_STREAM();
    if (this.headersSent) throw new codes.ERR_HTTP2_HEADERS_SENT();
    if (this.closed) throw new codes.ERR_HTTP2_INVALID_STREAM();
  }

  _implicitHeaders() {
    this.respond();
  }

  /** Sends the head of the response. */
  respond(headers = undefined, options = {}) {
    this.#check();
    const isList = Array.isArray(headers);
    const given = isList ? [...headers] : { __proto__: null, ...headers };
    const has = (name) => (isList ? given.some((one, index) => index % 2 === 0 && `${one}`.toLowerCase() === name) : given[name] !== undefined);
    const add = (name, value) => {
      if (isList) given.push(name, value);
      else given[name] = value;
    };
    if (!has(':status')) add(':status', 200);
    if (options?.sendDate !== false && !has('date')) add('date', require('internal/http/date').utcDate());
    const status = Number(isList ? given[given.indexOf(':status') + 1] : given[':status']);
    if (status < 200 || status > 599 || !Number.isInteger(status)) throw new codes.ERR_HTTP2_STATUS_INVALID(given[':status']);
    const list = toList(given, RESPONSE_PSEUDO);
    const ends = Boolean(options?.endStream) || status === 204 || status === 205 || status === 304 || this._isHead;
    this._waitForTrailers = Boolean(options?.waitForTrailers) && !ends;
    this.sentHeaders = isList ? toObject(list) : given;
    if (ends) this._endsWithHeaders();
    this.session._sendHeaders(this, list, ends);
    if (ends) {
      this.end();
      this._maybeClosed();
    }
  }

  additionalHeaders(headers) {
    this.#check();
    const given = { ...headers };
    const status = Number(given[':status'] ?? 0);
    if (status === 101) throw new codes.ERR_HTTP2_STATUS_101();
    if (status < 100 || status >= 200) throw new codes.ERR_HTTP2_INVALID_INFO_STATUS(given[':status']);
    this.sentInfoHeaders ??= [];
    this.sentInfoHeaders.push(given);
    this.session._sendHeaders(this, toList(given, RESPONSE_PSEUDO), false);
  }

  pushStream(headers, options, callback) {
    if (typeof options === 'function') callback = options;
    if (!this.pushAllowed) throw new codes.ERR_HTTP2_PUSH_DISABLED();
    require('internal/validators').validateFunction(callback, 'callback');
    this.session._push(this, headers, callback);
  }

  respondWithFD(fd, headers, options) {
    options ??= {};
    this.#check();
    const file = require('fs').createReadStream('', { fd: typeof fd === 'number' ? fd : fd.fd, autoClose: false, ...rangeOf(options) });
    this.respond(headers, options);
    file.pipe(this);
  }

  respondWithFile(path, headers, options) {
    options ??= {};
    this.#check();
    const fs = require('fs');
    fs.open(path, 'r', (error, fd) => {
      const fail = (problem) => {
        if (options.onError !== undefined) options.onError(problem);
        else this.destroy(problem);
      };
      if (error) {
        fail(error);
        return;
      }
      fs.fstat(fd, (failed, stat) => {
        if (failed || !stat.isFile()) {
          fs.close(fd, () => {});
          fail(failed ?? new codes.ERR_HTTP2_SEND_FILE());
          return;
        }
        const head = { ...headers };
        if (options.statCheck?.call(this, stat, head, options) === false) {
          fs.close(fd, () => {});
          return;
        }
        if (this.destroyed || this.headersSent) {
          fs.close(fd, () => {});
          return;
        }
        const { start = 0, end = stat.size - 1 } = rangeOf(options);
        head['content-length'] ??= Math.max(end - start + 1, 0);
        this.respond(head, options);
        fs.createReadStream('', { fd, ...rangeOf(options) }).pipe(this);
      });
    });
  }
}

function rangeOf({ offset, length }) {
  const range = {};
  if (offset > 0) range.start = offset;
  if (length >= 0) range.end = (offset ?? 0) + length - 1;
  return range;
}

class ClientHttp2Stream extends Http2Stream {
  _isServer = false;

  constructor(session, options) {
    super(session, {});
    this._waitForTrailers = Boolean(options.waitForTrailers);
  }
}

module.exports = { ClientHttp2Stream, Http2Stream, ServerHttp2Stream };
