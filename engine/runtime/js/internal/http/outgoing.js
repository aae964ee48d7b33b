'use strict';

// `http.OutgoingMessage` (https://nodejs.org/api/http.html#class-httpoutgoingmessage): a message on its way. What is
// written before there is a socket waits in `outputData`; the head goes out with the first part of the body.

const { Stream } = require('internal/streams/legacy');
const { codes } = require('internal/errors');
const { validateString } = require('internal/validators');
const { getDefaultHighWaterMark } = require('internal/streams/high_water_mark');
const { hasInvalidChar, validateHeaderName, validateHeaderValue } = require('internal/http/header_checks');


const kOutHeaders = Symbol('kOutHeaders');
const kNeedDrain = Symbol('kNeedDrain');
const kCorked = Symbol('corked');
const kChunks = Symbol('kChunkedBuffer');
const kChunksLength = Symbol('kChunkedLength');
const kSocket = Symbol('kSocket');
const kErrored = Symbol('errored');
const kUnique = Symbol('kUniqueHeaders');
const kBytes = Symbol('kBytesWritten');
const kHighWaterMark = Symbol('kHighWaterMark');
const kRejectNonStandard = Symbol('kRejectNonStandardBodyWrites');
const kEndCalled = Symbol('kEndCalled');

const { Buffer } = require('buffer');

const CRLF = '\r\n';
const CRLF_BYTES = Buffer.from(CRLF);
const LAST_CHUNK = '0\r\n';

function noop() {}

function OutgoingMessage(options) {
  Stream.call(this);
  this.outputData = [];
  this.outputSize = 0;
  this.writable = true;
  this.destroyed = false;
  this._last = false;
  this.chunkedEncoding = false;
  this.shouldKeepAlive = true;
  this.maxRequestsOnConnectionReached = false;
  this._defaultKeepAlive = true;
  this.useChunkedEncodingByDefault = true;
  this.sendDate = false;
  this._removedConnection = false;
  this._removedContLen = false;
  this._removedTE = false;
  this.strictContentLength = false;
  this[kBytes] = 0;
  this._contentLength = null;
  this._hasBody = true;
  this._trailer = '';
  this[kNeedDrain] = false;
  this.finished = false;
  this._headerSent = false;
  this[kCorked] = 0;
  this[kChunks] = [];
  this[kChunksLength] = 0;
  this._closed = false;
  this[kSocket] = null;
  this._header = null;
  this[kOutHeaders] = null;
  this._keepAliveTimeout = 0;
  this._onPendingData = noop;
  this[kErrored] = null;
  this[kHighWaterMark] = options?.highWaterMark ?? getDefaultHighWaterMark(false);
  this[kRejectNonStandard] = options?.rejectNonStandardBodyWrites ?? false;
}
Object.setPrototypeOf(OutgoingMessage.prototype, Stream.prototype);
Object.setPrototypeOf(OutgoingMessage, Stream);

const { prototype } = OutgoingMessage;

function accessor(name, get, set, enumerable = false) {
  Object.defineProperty(prototype, name, { __proto__: null, configurable: true, enumerable, get, set });
}

accessor('errored', function() { return this[kErrored]; });
accessor('closed', function() { return this._closed; });
accessor('writableFinished', function() {
  return this.finished && this.outputSize === 0 && (!this[kSocket] || this[kSocket].writableLength === 0);
});
accessor('writableObjectMode', () => false);
accessor('writableLength', function() {
  return this.outputSize + this[kChunksLength] + (this[kSocket] ? this[kSocket].writableLength : 0);
});
accessor('writableHighWaterMark', function() {
  return this[kSocket] ? this[kSocket].writableHighWaterMark : this[kHighWaterMark];
});
accessor('writableCorked', function() {
  return this[kSocket] ? this[kSocket].writableCorked : this[kCorked];
});
accessor('writableEnded', function() { return this.finished; });
accessor('writableNeedDrain', function() {
  return !this.destroyed && !this.finished && this[kNeedDrain];
});
accessor('headersSent', function() { return Boolean(this._header); }, undefined, true);
accessor('connection', function() { return this[kSocket]; }, function(value) { this.socket = value; });
accessor('socket', function() { return this[kSocket]; }, function(value) {
  for (let n = 0; n < this[kCorked]; n++) {
    value?.cork();
    this[kSocket]?.uncork();
  }
  this[kSocket] = value;
});
// What scripts of old times read and wrote.
accessor('_headers', function() { return this.getHeaders(); }, function(value) {
  if (value === null) {
    this[kOutHeaders] = null;
  } else if (typeof value === 'object') {
    this[kOutHeaders] = { __proto__: null };
    for (const name of Object.keys(value)) this[kOutHeaders][name.toLowerCase()] = [name, value[name]];
  }
});

function define(methods) {
  for (const [name, value] of Object.entries(methods)) {
    Object.defineProperty(prototype, name, { __proto__: null, value, writable: true, enumerable: true, configurable: true });
  }
}

/** Callbacks of writes are called when what was written is gone. */
function writeAfterEnd(message, callback) {
  const error = new codes.ERR_STREAM_WRITE_AFTER_END();
  process.nextTick(writeAfterEndNT, message, error, callback);
}

function writeAfterEndNT(message, error, callback) {
  message.emit('error', error);
  if (callback) callback(error);
}

function emitErrorNT(message, error, callback) {
  callback(error);
  if (typeof message.emit === 'function' && !message.destroyed) message.emit('error', error);
}

define({
  _renderHeaders() {
    if (this._header) throw new codes.ERR_HTTP_HEADERS_SENT('render');
    const headers = {};
    for (const [name, value] of Object.values(this[kOutHeaders] ?? {})) headers[name] = value;
    return headers;
  },

  cork() {
    this[kCorked]++;
    this[kSocket]?.cork();
  },

  uncork() {
    this[kCorked]--;
    if (this[kCorked] > 0 || this[kChunks].length === 0) {
      this[kSocket]?.uncork();
      return;
    }
    // Everything that came meanwhile goes out as one chunk.
    const chunks = this[kChunks];
    const length = this[kChunksLength];
    this[kChunks] = [];
    this[kChunksLength] = 0;
    const callbacks = [];
    this._send(length.toString(16), 'latin1', null);
    this._send(CRLF_BYTES, null, null);
    for (const { data, encoding, callback } of chunks) {
      this._send(data, encoding, null);
      if (callback) callbacks.push(callback);
    }
    this._send(CRLF_BYTES, null, callbacks.length === 0 ? null : (error) => {
      for (const callback of callbacks) callback(error);
    });
    this[kSocket]?.uncork();
  },

  setTimeout(msecs, callback) {
    if (callback) this.on('timeout', callback);
    if (!this[kSocket]) this.once('socket', (socket) => socket.setTimeout(msecs));
    else this[kSocket].setTimeout(msecs);
    return this;
  },

  destroy(error) {
    if (this.destroyed) return this;
    this.destroyed = true;
    this[kErrored] = error;
    if (this[kSocket]) this[kSocket].destroy(error);
    else this.once('socket', (socket) => socket.destroy(error));
    return this;
  },

  /** Sends data of the message; the head goes first, together with the data where that is possible. */
  _send(data, encoding, callback, byteLength) {
    if (!this._headerSent) {
      const header = this._header;
      if (typeof data === 'string' && (encoding === 'utf8' || encoding === 'latin1' || !encoding)) {
        data = header + data;
      } else {
        this.outputData.unshift({ data: header, encoding: 'latin1', callback: null });
        this.outputSize += header.length;
        this._onPendingData(header.length);
      }
      this._headerSent = true;
    }
    return this._writeRaw(data, encoding, callback, byteLength);
  },

  _writeRaw(data, encoding, callback, size) {
    const socket = this[kSocket];
    if (socket?.destroyed) return false;
    if (typeof encoding === 'function') {
      callback = encoding;
      encoding = null;
    }
    if (socket?._httpMessage === this && socket.writable) {
      if (this.outputData.length > 0) this._flushOutput(socket);
      return socket.write(data, encoding, callback);
    }
    // Another message is on the socket, or there is none yet.
    this.outputData.push({ data, encoding, callback });
    this.outputSize += data.length;
    this._onPendingData(data.length);
    return this.outputSize < this[kHighWaterMark];
  },

  setHeader(name, value) {
    if (this._header) throw new codes.ERR_HTTP_HEADERS_SENT('set');
    validateHeaderName(name);
    validateHeaderValue(name, value);
    this[kOutHeaders] ??= { __proto__: null };
    this[kOutHeaders][name.toLowerCase()] = [name, value];
    return this;
  },

  setHeaders(headers) {
    if (this._header) throw new codes.ERR_HTTP_HEADERS_SENT('set');
    const fits = headers && !Array.isArray(headers) && typeof headers.keys === 'function' && typeof headers.get === 'function';
    if (!fits) throw new codes.ERR_INVALID_ARG_TYPE('headers', ['Headers', 'Map'], headers);
    // Cookies stay apart.
    const cookies = [];
    for (const [name, value] of headers) {
      if (name === 'set-cookie') cookies.push(...(Array.isArray(value) ? value : [value]));
      else this.setHeader(name, value);
    }
    if (cookies.length > 0) this.setHeader('set-cookie', cookies);
    return this;
  },

  appendHeader(name, value) {
    if (this._header) throw new codes.ERR_HTTP_HEADERS_SENT('append');
    validateHeaderName(name);
    validateHeaderValue(name, value);
    const field = name.toLowerCase();
    const known = this[kOutHeaders]?.[field];
    if (known === undefined) {
      this[kOutHeaders] ??= { __proto__: null };
      this[kOutHeaders][field] = [name, value];
    } else {
      if (!Array.isArray(known[1])) known[1] = [known[1]];
      if (Array.isArray(value)) known[1].push(...value);
      else known[1].push(value);
    }
    return this;
  },

  getHeader(name) {
    validateString(name, 'name');
    return this[kOutHeaders]?.[name.toLowerCase()]?.[1];
  },

  getHeaderNames() {
    return Object.keys(this[kOutHeaders] ?? {});
  },

  getRawHeaderNames() {
    return Object.values(this[kOutHeaders] ?? {}).map(([name]) => name);
  },

  getHeaders() {
    const headers = { __proto__: null };
    const own = this[kOutHeaders];
    if (own) for (const name of Object.keys(own)) headers[name] = own[name][1];
    return headers;
  },

  hasHeader(name) {
    validateString(name, 'name');
    return this[kOutHeaders]?.[name.toLowerCase()] !== undefined;
  },

  removeHeader(name) {
    validateString(name, 'name');
    if (this._header) throw new codes.ERR_HTTP_HEADERS_SENT('remove');
    const field = name.toLowerCase();
    switch (field) {
      case 'connection': this._removedConnection = true; break;
      case 'content-length': this._removedContLen = true; break;
      case 'transfer-encoding': this._removedTE = true; break;
      case 'date': this.sendDate = false; break;
    }
    if (this[kOutHeaders]) delete this[kOutHeaders][field];
  },

  _implicitHeader() {
    throw new codes.ERR_METHOD_NOT_IMPLEMENTED('_implicitHeader()');
  },

  write(chunk, encoding, callback) {
    if (typeof encoding === 'function') {
      callback = encoding;
      encoding = null;
    }
    const more = write(this, chunk, encoding, callback, false);
    if (!more) this[kNeedDrain] = true;
    return more;
  },

  addTrailers(headers) {
    this._trailer = '';
    const isArray = Array.isArray(headers);
    for (const key of Object.keys(headers)) {
      const [field, value] = isArray ? headers[key] : [key, headers[key]];
      validateHeaderName(field, 'Trailer name');
      const values = Array.isArray(value) && value.length > 1 && !this[kUnique]?.has(field.toLowerCase()) ?
        value : [Array.isArray(value) ? value.join('; ') : value];
      for (const one of values) {
        if (hasInvalidChar(one)) throw new codes.ERR_INVALID_CHAR('trailer content', field);
        this._trailer += `${field}: ${one}${CRLF}`;
      }
    }
  },

  end(chunk, encoding, callback) {
    if (typeof chunk === 'function') {
      callback = chunk;
      chunk = null;
      encoding = null;
    } else if (typeof encoding === 'function') {
      callback = encoding;
      encoding = null;
    }
    const finish = (error) => onFinish(this, error);
    // Whether the end is told by the write of the body itself.
    let isLastSent = false;
    if (chunk) {
      if (this.finished) {
        onEndTwice(this, callback, true);
        return this;
      }
      if (this[kSocket]) this[kSocket].cork();
      // What takes several writes at once may as well get one; others see an empty one at the end.
      const takesMany = Boolean(this[kSocket]?._writev);
      write(this, chunk, encoding, takesMany ? finish : null, true);
      isLastSent = takesMany && this._hasBody && !this.chunkedEncoding && !this.destroyed;
    } else if (this.finished) {
      onEndTwice(this, callback, false);
      return this;
    } else if (!this._header) {
      if (this[kSocket]) this[kSocket].cork();
      this._contentLength = 0;
      this._implicitHeader();
    }
    if (typeof callback === 'function') this.once('finish', callback);
    if (this.strictContentLength && this._contentLength !== null && this._hasBody && this[kBytes] !== this._contentLength) {
      throw new codes.ERR_HTTP_CONTENT_LENGTH_MISMATCH(this[kBytes], this._contentLength);
    }
    if (isLastSent) {
      // One write is enough.
    } else if (this._hasBody && this.chunkedEncoding) {
      // Chunks that were held back go first.
      while (this[kCorked] > 0 && this[kChunks].length > 0) {
        this[kCorked] = 1;
        this[kSocket]?.cork();
        this.uncork();
      }
      this._send(`${LAST_CHUNK}${this._trailer}${CRLF}`, 'latin1', finish);
    } else if (!this._headerSent || this.writableLength || chunk) {
      this._send('', 'latin1', finish);
    } else {
      process.nextTick(finish);
    }
    if (this[kSocket]) {
      // Everything is there: nothing is held back any more.
      this[kSocket]._writableState.corked = 1;
      this[kSocket].uncork();
    }
    this[kCorked] = 0;
    this.finished = true;
    if (this.outputData.length === 0 && this[kSocket] && this[kSocket]._httpMessage === this) this._finish();
    return this;
  },

  /** The whole message is written. */
  _finish() {
    this.emit('prefinish');
  },

  /** There is a socket now, or it is this message's turn: what waits is sent. */
  _flush() {
    const socket = this[kSocket];
    if (!socket?.writable) return;
    const more = this._flushOutput(socket);
    if (this.finished) {
      this._finish();
    } else if (more && this[kNeedDrain]) {
      this[kNeedDrain] = false;
      this.emit('drain');
    }
  },

  _flushOutput(socket) {
    while (this[kCorked] > 0 && socket.writableCorked < this[kCorked]) socket.cork();
    const waiting = this.outputData;
    if (waiting.length === 0) return undefined;
    socket.cork();
    let more;
    this.outputData = [];
    for (const { data, encoding, callback } of waiting) more = socket.write(data, encoding, callback);
    socket.uncork();
    this._onPendingData(-this.outputSize);
    this.outputSize = 0;
    return more;
  },

  flushHeaders() {
    if (!this._header) this._implicitHeader();
    this._send('');
  },

  pipe() {
    this.emit('error', new codes.ERR_STREAM_CANNOT_PIPE());
  },
});

prototype[Symbol.for('nodejs.rejection')] = function(error, _event) {
  this.destroy(error);
};

function onFinish(message, error) {
  if (error?.syscall !== undefined || message[kSocket]?._hadError) return;
  message.emit('finish');
}

function onEndTwice(message, callback, hasChunk) {
  if (hasChunk) {
    if (!message.destroyed) writeAfterEnd(message, callback);
    else if (callback) process.nextTick(callback, new codes.ERR_STREAM_WRITE_AFTER_END());
    return;
  }
  if (typeof callback !== 'function') return;
  if (message.writableFinished) callback(new codes.ERR_STREAM_ALREADY_FINISHED('end'));
  else message.on('finish', callback);
}

function write(message, chunk, encoding, callback, isLast) {
  if (typeof callback !== 'function') callback = noop;
  // What ends the message is told by the last of its writes, which with chunks is another.
  const last = callback;
  if (isLast) callback = noop;
  let length;
  if (chunk === null) throw new codes.ERR_STREAM_NULL_VALUES();
  if (typeof chunk === 'string') {
    length = Buffer.byteLength(chunk, encoding);
  } else if (ArrayBuffer.isView(chunk) && chunk instanceof Uint8Array) {
    length = chunk.length;
  } else {
    throw new codes.ERR_INVALID_ARG_TYPE('chunk', ['string', 'Buffer', 'Uint8Array'], chunk);
  }
  let error;
  if (message.finished) error = new codes.ERR_STREAM_WRITE_AFTER_END();
  else if (message.destroyed) error = new codes.ERR_STREAM_DESTROYED('write');
  if (error) {
    if (!message.destroyed) onWriteError(message, error, callback);
    else process.nextTick(callback, error);
    return false;
  }
  if (!message._header) {
    if (isLast) message._contentLength = length;
    message._implicitHeader();
  }
  if (!message._hasBody) {
    if (message[kRejectNonStandard]) throw new codes.ERR_HTTP_BODY_NOT_ALLOWED();
    process.nextTick(callback);
    return true;
  }
  if (message.strictContentLength && message._contentLength !== null) {
    const sum = message[kBytes] + length;
    if (isLast ? sum !== message._contentLength : sum > message._contentLength) {
      throw new codes.ERR_HTTP_CONTENT_LENGTH_MISMATCH(sum, message._contentLength);
    }
  }
  message[kBytes] += length;
  if (!isLast && message[kSocket] && !message[kSocket].writableCorked) {
    // What the script writes in one go is sent in one go, and as one chunk.
    message.cork();
    process.nextTick(uncorkNT, message);
  }
  if (!message.chunkedEncoding) return message._send(chunk, encoding, last, length);
  if (length > 0 && message[kCorked] > 0) {
    message[kChunks].push({ data: chunk, encoding, callback });
    message[kChunksLength] += length;
    return message[kChunksLength] < message.writableHighWaterMark;
  }
  if (length === 0) {
    process.nextTick(callback);
    if (!message._headerSent) message._send('', 'latin1', null);
    return true;
  }
  message._send(length.toString(16), 'latin1', null);
  message._send(CRLF_BYTES, null, null);
  message._send(chunk, encoding, null, length);
  return message._send(CRLF_BYTES, null, callback);
}

function onWriteError(message, error, callback) {
  process.nextTick(emitErrorNT, message, error, callback);
}

function uncorkNT(message) {
  // The end of the message may have come first.
  if (message[kCorked] > 0) message.uncork();
}

module.exports = {
  OutgoingMessage, kErrored, kHighWaterMark, kNeedDrain, kOutHeaders, kRejectNonStandard, kSocket, kUnique,
};
require('internal/http/store_header');
