'use strict';

// Connections with many streams (https://nodejs.org/api/http2.html#class-http2session).

const { Buffer } = require('buffer');
const EventEmitter = require('events');
const { codes } = require('internal/errors');
const { constants } = require('internal/http2/constants');
const { inspectAs, readAltsvc, readOrigins } = require('internal/http2/extensions');
const { FrameReader, PREFACE, body, flags, frame, number, types } = require('internal/http2/frames');
const { isWellFormed, toObject } = require('internal/http2/headers');
const { checkSettings, initialSettings, pack, unpack } = require('internal/http2/settings');
const { startOwn } = require('internal/timers');
const { ServerHttp2Stream } = require('internal/http2/stream');

const {
  NGHTTP2_CANCEL, NGHTTP2_COMPRESSION_ERROR, NGHTTP2_ENHANCE_YOUR_CALM, NGHTTP2_FLOW_CONTROL_ERROR, NGHTTP2_FRAME_SIZE_ERROR,
  NGHTTP2_INTERNAL_ERROR, NGHTTP2_NO_ERROR, NGHTTP2_PROTOCOL_ERROR, NGHTTP2_REFUSED_STREAM, NGHTTP2_STREAM_CLOSED,
} = constants;
const MOST_WINDOW = 2 ** 31 - 1;
/** So much of a block of headers is taken before it is decoded. */
const MOST_BLOCK = 256 * 1024;
/** Streams that may be reset by the peer in a burst, and per second. */
const RESETS = { burst: 1000, rate: 33 };
const MOST_PAIRS = 128;
const MOST_PINGS = 10;
const MOST_SETTINGS = 32;
const MOST_UNCONFIRMED = 10;
/** Messages of the peer that break rules and cost it only their stream. */
const MOST_INVALID = 1000;
/** Answers that may wait to be written before the peer is taken for hostile. */
const MOST_UNSENT = 1024 * 1024;
const EMPTY = Buffer.alloc(0);
/** What breaches of the protocol are called, and what the peer is told of them. */
const BREACHES = new Map([
  ['preface', ['Received bad client magic byte string', NGHTTP2_INTERNAL_ERROR]],
  [NGHTTP2_FLOW_CONTROL_ERROR, ['Flow control error']],
  ['settings', ['Protocol error', NGHTTP2_ENHANCE_YOUR_CALM]],
  [NGHTTP2_ENHANCE_YOUR_CALM, ['Too many CONTINUATION frames following a HEADER frame', NGHTTP2_INTERNAL_ERROR]],
]);

class Http2Session extends EventEmitter {
  #socket;
  #options;
  #reader;
  #tables = ops.http2_tables_new();
  _streams = new Map();
  #local = initialSettings();
  #remote = initialSettings();
  /** What was last handed out of them. */
  #shown = {};
  /** Settings that were sent and not confirmed. */
  #unconfirmed = [];
  #pings = [];
  #sendWindow = 65535;
  #receiveWindow = 65535;
  #block;
  #isClosing = false;
  #isDestroyed = false;
  #isConnected = false;
  #lastPeerStream = 0;
  #hasSettings = false;
  #timer;
  #time = 0;
  /** Code and last stream of the `GOAWAY` that came. */
  #goaway = [0, 0];
  #origins;
  #invalid = 0;
  #out = [];
  #resets = RESETS.burst;
  #resetsAt = Date.now();
  type;

  constructor(type, options, socket) {
    super();
    this.type = type;
    this.#options = options;
    this.#reader = new FrameReader(type === constants.NGHTTP2_SESSION_SERVER);
    if (socket !== undefined) this._attach(socket);
  }

  /** The connection that is being opened. */
  _assign(socket) {
    this.#socket = socket;
  }

  /** The connection is there. */
  _attach(socket) {
    this.#socket = socket;
    this.#isConnected = true;
    socket.setNoDelay?.(true);
    if (this.type === constants.NGHTTP2_SESSION_CLIENT) this.#out.push(PREFACE);
    const settings = this.#options.settings ?? {};
    this.#sendSettings(settings);
    socket.on('data', (chunk) => this.#take(chunk));
    socket.on('error', (error) => this.#failed(error));
    // A peer that says no more does not listen either.
    socket.on('end', () => socket.end());
    socket.on('close', () => this.#lost());
    socket.on('drain', () => this.#flushStreams());
    this.#flush();
  }

  get socket() {
    return this.#socket;
  }

  get connecting() {
    return !this.#isConnected;
  }

  get closed() {
    return this.#isClosing;
  }

  get destroyed() {
    return this.#isDestroyed;
  }

  get encrypted() {
    return this.connecting ? undefined : Boolean(this.#socket.encrypted);
  }

  get alpnProtocol() {
    if (this.connecting) return undefined;
    return this.#socket.encrypted ? this.#socket.alpnProtocol : 'h2c';
  }

  /** Origins that the connection may be used for; known only with certificates. */
  get originSet() {
    if (this.connecting || !this.#socket.encrypted) return undefined;
    return [...this._origins()];
  }

  _origins() {
    const { remotePort, servername } = this.#socket;
    const host = servername || this._host || this.#socket.remoteAddress;
    this.#origins ??= new Set([`https://${host}${remotePort === 443 ? '' : `:${remotePort}`}`]);
    return this.#origins;
  }

  get goawayCode() {
    return this.#goaway[0];
  }

  get goawayLastStreamID() {
    return this.#goaway[1];
  }

  setNextStreamID(id) {
    if (this.#isDestroyed) throw new codes.ERR_HTTP2_INVALID_SESSION();
    require('internal/validators').validateNumber(id, 'id');
    if (id <= 0 || id > 2 ** 32 - 1) throw new codes.ERR_OUT_OF_RANGE('id', '> 0 and <= 4294967295', id);
    // A number of the other side's, or one that is over, changes nothing.
    if (id % 2 === this._nextId % 2 && id >= this._nextId && id <= MOST_WINDOW) this._nextId = id;
  }

  [Symbol.for('nodejs.util.inspect.custom')](depth, options) {
    const { type, closed, destroyed, state, localSettings, remoteSettings } = this;
    const isThere = !this.connecting && !destroyed;
    const shown = {
      type, closed, destroyed, state: isThere ? state : {}, localSettings: this.connecting ? {} : localSettings,
      remoteSettings: isThere ? remoteSettings : {},
    };
    return inspectAs(this, 'Http2Session', shown, depth, options);
  }

  get pendingSettingsAck() {
    return this.#unconfirmed.length > 0;
  }

  get localSettings() {
    return this.#shown.local ??= { ...this.#local };
  }

  get remoteSettings() {
    return this.#shown.remote ??= { ...this.#remote };
  }

  get state() {
    return {
      effectiveLocalWindowSize: 65535, effectiveRecvDataLength: 65535 - this.#receiveWindow, nextStreamID: this._nextId ?? 0,
      localWindowSize: this.#receiveWindow, lastProcStreamID: this.#lastPeerStream, remoteWindowSize: this.#sendWindow,
      outboundQueueSize: this.#socket?.writableLength ?? 0, deflateDynamicTableSize: 0, inflateDynamicTableSize: 0,
    };
  }

  ref() {
    this.#socket?.ref?.();
  }

  unref() {
    this.#socket?.unref?.();
  }

  setTimeout(time, callback) {
    this.#time = time;
    if (callback !== undefined) this.on('timeout', callback);
    this.#touch();
    return this;
  }

  #touch() {
    clearTimeout(this.#timer);
    if (this.#time > 0 && !this.#isDestroyed) {
      this.#timer = startOwn('node:http2 sessionTimeout', () => this.emit('timeout'), this.#time);
    }
  }

  setLocalWindowSize(size) {
    const more = size - 65535;
    if (more > 0) {
      this.#receiveWindow += more;
      this.#send(types.WINDOW_UPDATE, 0, 0, number(more));
    }
  }

  /** Changes settings of this side. */
  settings(settings = {}, callback = undefined) {
    if (this.#isDestroyed) throw new codes.ERR_HTTP2_INVALID_SESSION();
    this.#sendSettings(settings, callback);
  }

  #sendSettings(settings, callback) {
    const checked = checkSettings(settings);
    if (this.#unconfirmed.length >= (this.#options.maxOutstandingSettings ?? MOST_UNCONFIRMED)) {
      this.destroy(new codes.ERR_HTTP2_MAX_PENDING_SETTINGS_ACK());
      return;
    }
    if (checked.customSettings !== undefined) this.#change(this.#local, { customSettings: checked.customSettings });
    this.#unconfirmed.push({ settings: checked, callback, began: Date.now() });
    if (checked.maxFrameSize > this.#reader.maxFrameSize) this.#reader.maxFrameSize = checked.maxFrameSize;
    this.#send(types.SETTINGS, 0, 0, pack(checked));
  }

  #change(settings, changes) {
    Object.assign(settings, changes);
    if (changes.maxHeaderListSize !== undefined) settings.maxHeaderSize = changes.maxHeaderListSize;
    this.#shown = {};
  }

  ping(payload, callback) {
    if (this.#isDestroyed) throw new codes.ERR_HTTP2_INVALID_SESSION();
    if (typeof payload === 'function') {
      callback = payload;
      payload = undefined;
    }
    if (payload !== undefined) {
      if (!ArrayBuffer.isView(payload)) throw new codes.ERR_INVALID_ARG_TYPE('payload', ['Buffer', 'TypedArray', 'DataView'], payload);
      if (payload.byteLength !== 8) throw new codes.ERR_HTTP2_PING_LENGTH();
    }
    require('internal/validators').validateFunction(callback, 'callback');
    if (this.#pings.length >= (this.#options.maxOutstandingPings ?? MOST_PINGS)) {
      process.nextTick(callback, false, 0, payload);
      return false;
    }
    const bytes = payload === undefined ? require('crypto').randomBytes(8) : Buffer.from(payload.buffer, payload.byteOffset, 8);
    this.#pings.push({ bytes: Buffer.from(bytes), callback, began: process.hrtime.bigint() });
    this.#send(types.PING, 0, 0, bytes);
    return true;
  }

  goaway(code = NGHTTP2_NO_ERROR, lastStreamID = this.#lastPeerStream, opaqueData = EMPTY) {
    if (this.#isDestroyed) throw new codes.ERR_HTTP2_INVALID_SESSION();
    const data = Buffer.from(opaqueData.buffer, opaqueData.byteOffset, opaqueData.byteLength);
    this.#send(types.GOAWAY, 0, 0, Buffer.concat([number(lastStreamID || this.#lastPeerStream), number(code), data]));
  }

  /** Streams that wait may have gone. */
  _settle() {
    this.#maybeEnd();
  }

  /** Begins no more streams; ends when those there are have. */
  close(callback) {
    if (callback !== undefined) this.once('close', callback);
    if (this.#isClosing || this.#isDestroyed) return;
    this.#isClosing = true;
    if (this.#isConnected) this.goaway();
    this.#maybeEnd();
  }

  #maybeEnd() {
    if (this.#isClosing && this._streams.size === 0 && !this._hasPending?.()) {
      setImmediate(() => {
        if (this._streams.size === 0) this.destroy();
      });
    }
  }

  destroy(error = undefined, code = undefined) {
    if (this.#isDestroyed) return;
    if (typeof error === 'number') {
      code = error;
      error = code === NGHTTP2_NO_ERROR ? undefined : new codes.ERR_HTTP2_SESSION_ERROR(code);
    }
    // Without an error there is nothing to tell the peer of.
    code = error === undefined ? NGHTTP2_NO_ERROR : code ?? NGHTTP2_INTERNAL_ERROR;
    const socket = this.#socket;
    if (this.#isConnected && !socket.destroyed && !(this.#isClosing && code === NGHTTP2_NO_ERROR)) this.goaway(code);
    this.#flush();
    this.#isDestroyed = true;
    clearTimeout(this.#timer);
    ops.http2_tables_free(this.#tables);
    for (const stream of [...this._streams.values()]) {
      stream.destroy(error);
    }
    const pings = this.#pings.splice(0);
    if (pings.length > 0) {
      setImmediate(() => {
        for (const { callback } of pings) callback(new codes.ERR_HTTP2_PING_CANCEL());
      });
    }
    this._cancelPending?.(error);
    const tell = () => {
      if (error !== undefined) this.emit('error', error);
      this.emit('close');
    };
    if (socket === undefined || socket.destroyed || !this.#isConnected) {
      // Streams tell of their end first.
      setImmediate(tell);
      return;
    }
    socket.removeAllListeners('data');
    socket.resume();
    socket.once('close', () => process.nextTick(tell));
    if (error === undefined) socket.end(() => socket.destroy());
    else socket.destroy();
  }

  /** The connection has failed; that is no news when both sides were done with it. */
  #failed(error) {
    if (this.#isClosing && (error.code === 'EPIPE' || error.code === 'ECONNRESET')) this.#lost();
    else this.destroy(error);
  }

  /** The connection is gone. */
  #lost() {
    if (this.#isDestroyed) return;
    const hadStreams = this._streams.size > 0;
    for (const stream of [...this._streams.values()]) {
      if (!stream.aborted && !stream.writableEnded) {
        stream.aborted = true;
        stream.emit('aborted');
      }
      stream._closed(NGHTTP2_CANCEL, true);
    }
    this.#isClosing = true;
    this.destroy(hadStreams || this.#hasSettings ? undefined : this._lostError?.());
  }

  // What streams ask of it.

  _peerWindow() {
    return this.#remote.initialWindowSize;
  }

  /** How much data may go out at once. */
  _room() {
    if (this.#socket.writableNeedDrain && this.#socket.writableLength > MOST_UNSENT) return 0;
    return Math.min(this.#sendWindow, this.#remote.maxFrameSize);
  }

  _sendData(stream, bytes, ends) {
    this.#sendWindow -= bytes.length;
    this.#send(types.DATA, ends ? flags.END_STREAM : 0, stream.id, bytes);
  }

  _sendHeaders(stream, list, ends, type = types.HEADERS, before = EMPTY) {
    const encoded = ops.http2_encode(this.#tables, list);
    const whole = Buffer.concat([before, Buffer.from(encoded.buffer, encoded.byteOffset, encoded.byteLength)]);
    const size = this.#remote.maxFrameSize;
    let flag = ends ? flags.END_STREAM : 0;
    for (let start = 0, kind = type; start === 0 || start < whole.length; start += size, kind = types.CONTINUATION) {
      if (start + size >= whole.length) flag |= flags.END_HEADERS;
      this.#send(kind, flag, stream.id, whole.subarray(start, start + size));
      flag = 0;
    }
  }

  _sendReset(stream, code) {
    this.#send(types.RST_STREAM, 0, stream.id, number(code));
  }

  /** The stream has passed on so many bytes. */
  _consumed(stream, length) {
    if (length === 0 || this.#isDestroyed || stream.closed || stream.id === undefined) return;
    this.#send(types.WINDOW_UPDATE, 0, stream.id, number(length));
  }

  _forget(stream) {
    this._streams.delete(stream.id);
    this._freed?.();
    this.#maybeEnd();
  }

  get _isClosing() {
    return this.#isClosing;
  }

  #send(type, flag, stream, payload) {
    if (this.#isDestroyed) return;
    if (this.#out.length === 0) process.nextTick(() => this.#flush());
    this.#out.push(...frame(type, flag, stream, payload));
  }

  #flush() {
    if (this.#out.length === 0 || !this.#isConnected) return;
    const bytes = Buffer.concat(this.#out);
    this.#out = [];
    if (!this.#socket.destroyed && this.#socket.writable) this.#socket.write(bytes);
  }

  #flushStreams() {
    for (const stream of [...this._streams.values()]) stream._flush();
  }

  // What arrives.

  #take(chunk) {
    this.#touch();
    this.#reader.add(chunk);
    for (;;) {
      if (this.#isDestroyed) return;
      const next = this.#reader.next();
      if (next === undefined) break;
      if (next === 'size') return void this.#fail(NGHTTP2_FRAME_SIZE_ERROR);
      if (next === 'preface') {
        this.#fail('preface');
        return;
      }
      if (!this.#hasSettings && next.type !== types.SETTINGS) return void this.#fail(NGHTTP2_PROTOCOL_ERROR);
      const code = this.#frame(next);
      if (code !== undefined) return void this.#fail(code);
    }
    if (!this.#socket.destroyed && this.#socket.writableLength > 4 * MOST_UNSENT) this.#fail(NGHTTP2_ENHANCE_YOUR_CALM);
  }

  /** The peer has broken the rules. */
  #fail(code) {
    const [words, told = code] = BREACHES.get(code) ?? ['Protocol error'];
    this.destroy(new codes.ERR_HTTP2_ERROR(words), told);
  }

  /** Follows a frame; returns what is wrong with it. */
  #frame(next) {
    const { payload, stream: id, type } = next;
    if (this.#block !== undefined && (type !== types.CONTINUATION || id !== this.#block.id)) return NGHTTP2_PROTOCOL_ERROR;
    switch (type) {
      case types.DATA: return this.#data(next);
      case types.HEADERS: {
        const bytes = body(next);
        if (bytes === undefined || id === 0) return NGHTTP2_PROTOCOL_ERROR;
        return this.#beginBlock({ id, parts: [bytes], ends: Boolean(next.flags & flags.END_STREAM), flags: next.flags }, next.flags);
      }
      case types.CONTINUATION: {
        if (this.#block === undefined) return NGHTTP2_PROTOCOL_ERROR;
        this.#block.parts.push(payload);
        return this.#beginBlock(this.#block, next.flags);
      }
      case types.PUSH_PROMISE: {
        const bytes = body(next);
        if (this.type !== constants.NGHTTP2_SESSION_CLIENT || bytes === undefined || bytes.length < 4) return NGHTTP2_PROTOCOL_ERROR;
        if (!this.#local.enablePush) return NGHTTP2_PROTOCOL_ERROR;
        const promised = bytes.readUInt32BE(0) & 0x7fffffff;
        return this.#beginBlock({ id, promised, parts: [bytes.subarray(4)], ends: false, flags: next.flags }, next.flags);
      }
      case types.RST_STREAM: {
        if (payload.length !== 4) return NGHTTP2_FRAME_SIZE_ERROR;
        if (id === 0 || this.#isIdle(id)) return NGHTTP2_PROTOCOL_ERROR;
        if (this.#resetTooOften()) return NGHTTP2_INTERNAL_ERROR;
        this._streams.get(id)?._closed(payload.readUInt32BE(0), true);
        return undefined;
      }
      case types.SETTINGS: return this.#settings(next);
      case types.PING: return this.#ping(next);
      case types.GOAWAY: return this.#goawayArrived(payload);
      case types.WINDOW_UPDATE: return this.#windowUpdate(id, payload);
      case types.PRIORITY: return payload.length === 5 ? undefined : NGHTTP2_FRAME_SIZE_ERROR;
      case types.ALTSVC:
      case types.ORIGIN:
        if (this.type === constants.NGHTTP2_SESSION_CLIENT) this.#extension(type, id, payload);
        return undefined;
      default:
        return undefined;
    }
  }

  /** A frame about where else to ask. */
  #extension(type, id, payload) {
    if (type === types.ALTSVC) {
      const read = readAltsvc(payload, id);
      if (read !== undefined) process.nextTick(() => this.emit('altsvc', read[0], read[1], id));
      return;
    }
    // It takes a certificate to speak for other origins.
    const origins = id === 0 && this.encrypted ? readOrigins(payload) : undefined;
    if (origins === undefined) return;
    process.nextTick(() => {
      if (this.#isDestroyed) return;
      for (const origin of origins) this._origins().add(origin);
      this.emit('origin', origins);
    });
  }

  /** Sends a frame that belongs to an extension. */
  _sendExtension(type, stream, payload) {
    this.#send(type, 0, stream, payload);
  }

  /** Whether a stream has never been there. */
  #isIdle(id) {
    const isOurs = (id % 2 === 1) === (this.type === constants.NGHTTP2_SESSION_CLIENT);
    return isOurs ? id >= (this._nextId ?? 1) : id > this.#lastPeerStream;
  }

  #resetTooOften() {
    if (this.type !== constants.NGHTTP2_SESSION_SERVER) return false;
    const now = Date.now();
    this.#resets = Math.min(RESETS.burst, this.#resets + (now - this.#resetsAt) / 1000 * RESETS.rate);
    this.#resetsAt = now;
    return --this.#resets < 0;
  }

  /** Counts messages that are no use; ends the session when the peer sends nothing else. */
  #tooManyInvalid() {
    if (++this.#invalid <= (this.#options.maxSessionInvalidFrames ?? MOST_INVALID)) return false;
    this.destroy(new codes.ERR_HTTP2_TOO_MANY_INVALID_FRAMES());
    return true;
  }

  #data(next) {
    const { payload, stream: id } = next;
    const bytes = body(next);
    if (bytes === undefined || id === 0 || this.#isIdle(id)) return NGHTTP2_PROTOCOL_ERROR;
    if (payload.length > this.#receiveWindow) return NGHTTP2_FLOW_CONTROL_ERROR;
    // Windows of streams are what holds the peer back.
    if (payload.length > 0) this.#send(types.WINDOW_UPDATE, 0, 0, number(payload.length));
    const stream = this._streams.get(id);
    if (stream === undefined) return undefined;
    if (stream.state.remoteClose) {
      this._sendReset(stream, NGHTTP2_STREAM_CLOSED);
      stream._closed(NGHTTP2_STREAM_CLOSED, true);
      return undefined;
    }
    if (payload.length > 0) stream._take(bytes, payload.length);
    if (next.flags & flags.END_STREAM) stream._endOfRemote();
    return undefined;
  }

  #beginBlock(block, flag) {
    const size = block.parts.reduce((sum, part) => sum + part.length, 0);
    if (size > MOST_BLOCK || block.parts.length > 128) return NGHTTP2_ENHANCE_YOUR_CALM;
    if (!(flag & flags.END_HEADERS)) {
      this.#block = block;
      return undefined;
    }
    this.#block = undefined;
    const most = this.#options.maxHeaderListPairs ?? MOST_PAIRS;
    const room = Math.max(this.#local.maxHeaderListSize === 2 ** 32 - 1 ? 65535 : this.#local.maxHeaderListSize, 4096);
    const list = ops.http2_decode(this.#tables, Buffer.concat(block.parts), most, room);
    if (list === null) return NGHTTP2_COMPRESSION_ERROR;
    return this.#headers(block, list);
  }

  #headers({ ends, flags: flag, id, promised }, list) {
    const known = this._streams.get(id);
    const isServer = this.type === constants.NGHTTP2_SESSION_SERVER;
    if (promised !== undefined) return this._promised(known, promised, list, flag);
    if (known === undefined) {
      if (!isServer) return this.#isIdle(id) ? NGHTTP2_PROTOCOL_ERROR : undefined;
      if (id % 2 === 0) return NGHTTP2_PROTOCOL_ERROR;
      if (id <= this.#lastPeerStream) return NGHTTP2_STREAM_CLOSED;
      return this.#request(id, list, ends, flag);
    }
    const isTrailers = isServer || known._hasResponse;
    if (list === false || (isTrailers && !ends) || !isWellFormed(list, { isTrailers })) {
      if (this.#tooManyInvalid()) return undefined;
      this._sendReset(known, NGHTTP2_PROTOCOL_ERROR);
      known._closed(NGHTTP2_PROTOCOL_ERROR, true);
      return undefined;
    }
    const headers = toObject(list);
    // The server does not speak for that origin after all.
    if (headers[':status'] === 421 && !isServer && this.encrypted) this._origins().delete(`https://${known.authority}`);
    process.nextTick(() => {
      if (isTrailers) {
        known.emit('trailers', headers, flag, list);
        return;
      }
      const status = headers[':status'];
      if (status >= 100 && status < 200) {
        known.emit('headers', headers, flag, list);
        if (status === 100) known.emit('continue');
        return;
      }
      known.emit('response', headers, flag, list);
    });
    if (!isTrailers && (headers[':status'] >= 200)) {
      known._hasResponse = true;
      known.endAfterHeaders = ends;
    }
    if (ends) process.nextTick(() => known._endOfRemote());
    return undefined;
  }

  #request(id, list, ends, flag) {
    this.#lastPeerStream = id;
    const refuse = (code) => {
      this.#send(types.RST_STREAM, 0, id, number(code));
      return undefined;
    };
    if (this.#isClosing || this._streams.size >= this.#local.maxConcurrentStreams) return refuse(NGHTTP2_REFUSED_STREAM);
    if (list === false) return refuse(NGHTTP2_ENHANCE_YOUR_CALM);
    if (!isWellFormed(list, { isRequest: true })) return this.#tooManyInvalid() ? undefined : refuse(NGHTTP2_PROTOCOL_ERROR);
    const sensitive = [];
    const headers = toObject(list, sensitive);
    const stream = new ServerHttp2Stream(this, id, headers);
    this._streams.set(id, stream);
    stream.endAfterHeaders = ends;
    process.nextTick(() => {
      // Whoever is told of the stream hears of its end.
      if (ends) process.nextTick(() => stream._endOfRemote());
      if (!this.emit('stream', stream, headers, flag, list) && !this._handled) stream.close(NGHTTP2_REFUSED_STREAM);
    });
    return undefined;
  }

  #settings({ flags: flag, payload, stream }) {
    if (stream !== 0) return NGHTTP2_PROTOCOL_ERROR;
    if (flag & flags.ACK) {
      if (payload.length > 0) return NGHTTP2_FRAME_SIZE_ERROR;
      const confirmed = this.#unconfirmed.shift();
      if (confirmed === undefined) return NGHTTP2_PROTOCOL_ERROR;
      this.#change(this.#local, confirmed.settings);
      if (confirmed.settings.headerTableSize !== undefined) ops.http2_tables_limit(this.#tables, -1, confirmed.settings.headerTableSize);
      process.nextTick(() => {
        confirmed.callback?.(null, this.localSettings, Date.now() - confirmed.began);
        this.emit('localSettings', this.localSettings);
      });
      return undefined;
    }
    if (payload.length % 6 !== 0) return NGHTTP2_FRAME_SIZE_ERROR;
    if (payload.length / 6 > (this.#options.maxSettings ?? MOST_SETTINGS)) return 'settings';
    const settings = unpack(payload, (id) => this.#options.remoteCustomSettings?.includes(id));
    if (settings.initialWindowSize > MOST_WINDOW) return NGHTTP2_FLOW_CONTROL_ERROR;
    if (settings.maxFrameSize < 16384 || settings.maxFrameSize > 2 ** 24 - 1) return NGHTTP2_PROTOCOL_ERROR;
    const change = (settings.initialWindowSize ?? this.#remote.initialWindowSize) - this.#remote.initialWindowSize;
    if (settings.customSettings !== undefined) {
      settings.customSettings = { ...this.#remote.customSettings, ...settings.customSettings };
    }
    this.#change(this.#remote, settings);
    if (settings.headerTableSize !== undefined) ops.http2_tables_limit(this.#tables, Math.min(settings.headerTableSize, 4096), -1);
    const isFirst = !this.#hasSettings;
    this.#hasSettings = true;
    this.#send(types.SETTINGS, flags.ACK, 0, EMPTY);
    for (const stream of this._streams.values()) stream.sendWindow += change;
    if (change > 0) this.#flushStreams();
    const told = this.remoteSettings;
    process.nextTick(() => {
      this.emit('remoteSettings', told);
      if (isFirst) this._ready?.();
    });
    return undefined;
  }

  #ping({ flags: flag, payload, stream }) {
    if (stream !== 0) return NGHTTP2_PROTOCOL_ERROR;
    if (payload.length !== 8) return NGHTTP2_FRAME_SIZE_ERROR;
    if (!(flag & flags.ACK)) {
      this.#send(types.PING, flags.ACK, 0, payload);
      process.nextTick(() => this.emit('ping', Buffer.from(payload)));
      return undefined;
    }
    const sent = this.#pings.shift();
    if (sent === undefined || !sent.bytes.equals(payload)) return NGHTTP2_PROTOCOL_ERROR;
    const duration = Number(process.hrtime.bigint() - sent.began) / 1e6;
    process.nextTick(() => sent.callback(null, duration, Buffer.from(payload)));
    return undefined;
  }

  #goawayArrived(payload) {
    if (payload.length < 8) return NGHTTP2_FRAME_SIZE_ERROR;
    const last = payload.readUInt32BE(0) & 0x7fffffff;
    const code = payload.readUInt32BE(4);
    const data = payload.length > 8 ? Buffer.from(payload.subarray(8)) : undefined;
    this.#goaway = [code, last];
    process.nextTick(() => {
      if (this.#isDestroyed) return;
      this.emit('goaway', code, last, data);
      if (code === NGHTTP2_NO_ERROR) {
        // Streams that the peer has not looked at can be tried elsewhere.
        for (const [id, stream] of [...this._streams]) {
          if (id > last && (id % 2 === 1) === (this.type === constants.NGHTTP2_SESSION_CLIENT)) stream._closed(NGHTTP2_REFUSED_STREAM, true);
        }
        this.close();
      } else {
        this.destroy(new codes.ERR_HTTP2_SESSION_ERROR(code), NGHTTP2_NO_ERROR);
      }
    });
    return undefined;
  }

  #windowUpdate(id, payload) {
    if (payload.length !== 4) return NGHTTP2_FRAME_SIZE_ERROR;
    const more = payload.readUInt32BE(0) & 0x7fffffff;
    if (id === 0) {
      if (more === 0) return NGHTTP2_PROTOCOL_ERROR;
      this.#sendWindow += more;
      if (this.#sendWindow > MOST_WINDOW) return NGHTTP2_FLOW_CONTROL_ERROR;
      this.#flushStreams();
      return undefined;
    }
    if (this.#isIdle(id)) return NGHTTP2_PROTOCOL_ERROR;
    const stream = this._streams.get(id);
    if (stream === undefined) return undefined;
    stream.sendWindow += more;
    if (more === 0 || stream.sendWindow > MOST_WINDOW) {
      const code = more === 0 ? NGHTTP2_PROTOCOL_ERROR : NGHTTP2_FLOW_CONTROL_ERROR;
      this._sendReset(stream, code);
      stream._closed(code, true);
      return undefined;
    }
    stream._flush();
    return undefined;
  }

  _noteStream(id) {
    this.#lastPeerStream = Math.max(this.#lastPeerStream, id);
  }
}

module.exports = { Http2Session };
