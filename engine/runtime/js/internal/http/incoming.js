'use strict';

// `http.IncomingMessage` (https://nodejs.org/api/http.html#class-httpincomingmessage).

const { Readable } = require('internal/streams/readable');
const { eos } = require('internal/streams/end_of_stream');

const kHeaders = Symbol('kHeaders');
const kHeadersDistinct = Symbol('kHeadersDistinct');
const kTrailers = Symbol('kTrailers');
const kTrailersDistinct = Symbol('kTrailersDistinct');
/** Tells the message's signal, and whoever asks for it later, that nobody waits for an answer any more. */
const kAbortSignal = Symbol('kAbortSignal');
const kController = Symbol('kAbortController');
const kIsGone = Symbol('kIsGone');

/** Headers of which only the first counts. */
const SINGLE = new Set([
  'age', 'authorization', 'content-length', 'content-type', 'etag', 'expires', 'from', 'host', 'if-modified-since',
  'if-unmodified-since', 'last-modified', 'location', 'max-forwards', 'proxy-authorization', 'referer', 'retry-after',
  'server', 'user-agent',
]);

function IncomingMessage(socket) {
  let options;
  if (socket) options = { highWaterMark: socket.readableHighWaterMark };
  Readable.call(this, options);
  this._readableState.readingMore = true;
  this.socket = socket;
  this.httpVersionMajor = null;
  this.httpVersionMinor = null;
  this.httpVersion = null;
  this.complete = false;
  this[kHeaders] = null;
  this[kHeadersDistinct] = null;
  this.rawHeaders = [];
  this[kTrailers] = null;
  this[kTrailersDistinct] = null;
  this.rawTrailers = [];
  this.joinDuplicateHeaders = false;
  this.aborted = false;
  this.upgrade = null;
  this.url = '';
  this.method = null;
  this.statusCode = null;
  this.statusMessage = null;
  this.client = socket;
  this._consuming = false;
  this._dumped = false;
}
Object.setPrototypeOf(IncomingMessage.prototype, Readable.prototype);
Object.setPrototypeOf(IncomingMessage, Readable);

/** One value a name, joined or thrown away as the header's meaning has it. */
function combined(raw, join) {
  const headers = {};
  for (let i = 0; i < raw.length; i += 2) {
    const name = raw[i].toLowerCase();
    const value = raw[i + 1];
    if (name === 'set-cookie') {
      if (headers[name] === undefined) headers[name] = [value];
      else headers[name].push(value);
    } else if (!Object.hasOwn(headers, name)) {
      headers[name] = value;
    } else if (join || !SINGLE.has(name)) {
      headers[name] += name === 'cookie' ? `; ${value}` : `, ${value}`;
    }
  }
  return headers;
}

/** All values of every name. */
function distinct(raw) {
  const headers = { __proto__: null };
  for (let i = 0; i < raw.length; i += 2) {
    const name = raw[i].toLowerCase();
    if (headers[name] === undefined) headers[name] = [raw[i + 1]];
    else headers[name].push(raw[i + 1]);
  }
  return headers;
}

function view(name, key, raw, make) {
  Object.defineProperty(IncomingMessage.prototype, name, {
    __proto__: null,
    configurable: true,
    enumerable: true,
    get() {
      if (!this[key]) this[key] = make(this[raw], this.joinDuplicateHeaders);
      return this[key];
    },
    set(value) {
      this[key] = value;
    },
  });
}
view('headers', kHeaders, 'rawHeaders', combined);
view('headersDistinct', kHeadersDistinct, 'rawHeaders', distinct);
view('trailers', kTrailers, 'rawTrailers', combined);
view('trailersDistinct', kTrailersDistinct, 'rawTrailers', distinct);

Object.defineProperty(IncomingMessage.prototype, 'connection', {
  __proto__: null,
  configurable: true,
  enumerable: false,
  get() {
    return this.socket;
  },
  set(value) {
    this.socket = value;
  },
});

IncomingMessage.prototype.setTimeout = function setTimeout(msecs, callback) {
  if (callback) this.on('timeout', callback);
  this.socket.setTimeout(msecs);
  return this;
};

IncomingMessage.prototype._read = function _read() {
  if (!this._consuming) {
    this._readableState.readingMore = false;
    this._consuming = true;
  }
  // The socket was stopped because nobody took what came.
  if (this.socket?.readable) startReading(this.socket);
};

IncomingMessage.prototype._destroy = function _destroy(error, callback) {
  if (!this.readableEnded || !this.complete) {
    this.aborted = true;
    this.emit('aborted');
    this[kAbortSignal]();
  }
  // An error that nobody listens for is not the message's fault.
  const done = (failed) => callback(this.listenerCount('error') === 0 ? null : failed);
  const { socket } = this;
  if (socket && !socket.destroyed && this.aborted) {
    socket.destroy(error);
    const forget = eos(socket, (failed) => {
      if (failed?.code === 'ERR_STREAM_PREMATURE_CLOSE') failed = null;
      forget();
      process.nextTick(done, failed || error);
    });
  } else if (error) {
    process.nextTick(done, error);
  } else {
    done(error);
  }
};

IncomingMessage.prototype[kAbortSignal] = function() {
  this[kIsGone] = true;
  this[kController]?.abort();
};

// Most messages are never asked for a signal, so it is made when it is.
Object.defineProperty(IncomingMessage.prototype, 'signal', {
  __proto__: null,
  configurable: true,
  get() {
    if (this[kController] === undefined) {
      const { AbortController } = require('internal/abort');
      this[kController] = new AbortController();
      if (this[kIsGone]) this[kController].abort();
    }
    return this[kController].signal;
  },
});

/** Reads the rest and throws it away, so that the next message can come. */
IncomingMessage.prototype._dump = function _dump() {
  if (this._dumped) return;
  this._dumped = true;
  // Nobody is to hear of it.
  this.removeAllListeners('data');
  // Without anything left it only has to end.
  if (this._readableState.ended && this.readableLength === 0) this.read();
  else this.resume();
};

IncomingMessage.prototype._addHeaderLines = function _addHeaderLines(headers) {
  if (this.complete) {
    this.rawTrailers = headers;
    this[kTrailers] = null;
    this[kTrailersDistinct] = null;
  } else {
    this.rawHeaders = headers;
    this[kHeaders] = null;
    this[kHeadersDistinct] = null;
  }
};

/** Takes a parser's version: 11 is 1.1. */
function setVersion(message, version) {
  const minor = version % 10;
  const major = (version - minor) / 10;
  message.httpVersionMajor = major;
  message.httpVersionMinor = minor;
  message.httpVersion = version === 11 ? '1.1' : `${major}.${minor}`;
}

function startReading(socket) {
  if (socket && !socket._paused && socket.readable) socket.resume();
}

function stopReading(socket) {
  if (socket) socket.pause();
}

module.exports = { IncomingMessage, kAbortSignal, setVersion, startReading, stopReading };
