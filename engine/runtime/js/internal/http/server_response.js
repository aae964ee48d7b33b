'use strict';

// `http.ServerResponse` (https://nodejs.org/api/http.html#class-httpserverresponse).

const { kTraced } = require('internal/http/trace');
const { codes } = require('internal/errors');
const { validateObject } = require('internal/validators');
const { STATUS_CODES } = require('internal/http/constants');
const { hasInvalidChar, validateHeaderName, validateHeaderValue } = require('internal/http/header_checks');
const { OutgoingMessage, kOutHeaders } = require('internal/http/outgoing');

const LINK = /^(?:<[^>]*>)(?:\s*;\s*[^;"\s]+(?:=(")?[^;"\s]*\1)?)*$/;

function ServerResponse(request, options) {
  OutgoingMessage.call(this, options);
  // The answer to HEAD is only a head.
  if (request.method === 'HEAD') this._hasBody = false;
  this.req = request;
  this.sendDate = true;
  this._sent100 = false;
  this._expect_continue = false;
  if (request.httpVersionMajor < 1 || request.httpVersionMinor < 1) {
    this.useChunkedEncodingByDefault = /(?:^|\W)chunked(?:$|\W)/i.test(request.headers.te);
    this.shouldKeepAlive = false;
  }
}
Object.setPrototypeOf(ServerResponse.prototype, OutgoingMessage.prototype);
Object.setPrototypeOf(ServerResponse, OutgoingMessage);

Object.assign(ServerResponse.prototype, {
  statusCode: 200,
  statusMessage: undefined,

  _finish() {
    Reflect.apply(OutgoingMessage.prototype._finish, this, []);
  },

  assignSocket(socket) {
    if (socket._httpMessage) throw new codes.ERR_HTTP_SOCKET_ASSIGNED();
    socket._httpMessage = this;
    socket.on('close', onServerResponseClose);
    this.socket = socket;
    this.emit('socket', socket);
    this._flush();
  },

  detachSocket(socket) {
    socket.removeListener('close', onServerResponseClose);
    socket._httpMessage = null;
    this.socket = null;
  },

  writeContinue(callback) {
    this._writeRaw('HTTP/1.1 100 Continue\r\n\r\n', 'latin1', callback);
    this._sent100 = true;
  },

  writeProcessing(callback) {
    this._writeRaw('HTTP/1.1 102 Processing\r\n\r\n', 'latin1', callback);
  },

  writeInformation(statusCode, headers, callback) {
    if (typeof headers === 'function') {
      callback = headers;
      headers = undefined;
    }
    if (statusCode < 100 || statusCode > 199 || statusCode === 101) throw new codes.ERR_HTTP_INVALID_STATUS_CODE(statusCode);
    if (this._header) throw new codes.ERR_HTTP_HEADERS_SENT('write information');
    let text = `HTTP/1.1 ${statusCode} ${STATUS_CODES[statusCode] ?? 'unknown'}\r\n`;
    for (const name of Object.keys(headers ?? {})) {
      validateHeaderName(name);
      for (const value of [headers[name]].flat()) {
        validateHeaderValue(name, value);
        text += `${name}: ${value}\r\n`;
      }
    }
    this._writeRaw(`${text}\r\n`, 'latin1', callback);
  },

  writeEarlyHints(hints, callback) {
    validateObject(hints, 'hints');
    if (hints.link === null || hints.link === undefined) return;
    const link = toLink(hints.link);
    if (link.length === 0) return;
    let text = `HTTP/1.1 103 Early Hints\r\nLink: ${link}\r\n`;
    for (const name of Object.keys(hints)) {
      if (name === 'link') continue;
      validateHeaderName(name);
      validateHeaderValue(name, hints[name]);
      text += `${name}: ${hints[name]}\r\n`;
    }
    this._writeRaw(`${text}\r\n`, 'latin1', callback);
  },

  _implicitHeader() {
    this.writeHead(this.statusCode);
  },

  writeHead(statusCode, reason, headers) {
    if (this._header) throw new codes.ERR_HTTP_HEADERS_SENT('write');
    const given = statusCode;
    statusCode |= 0;
    if (statusCode < 100 || statusCode > 999) throw new codes.ERR_HTTP_INVALID_STATUS_CODE(given);
    if (typeof reason === 'string') {
      this.statusMessage = reason;
    } else {
      this.statusMessage ||= STATUS_CODES[statusCode] || 'unknown';
      headers ??= reason;
    }
    this.statusCode = statusCode;
    const all = this[kOutHeaders] ? withSetHeaders(this, headers) : headers;
    if (hasInvalidChar(this.statusMessage)) throw new codes.ERR_INVALID_CHAR('statusMessage');
    const firstLine = `HTTP/1.1 ${statusCode} ${this.statusMessage}\r\n`;
    if (statusCode === 204 || statusCode === 304 || (statusCode >= 100 && statusCode <= 199)) this._hasBody = false;
    // The other side waits for word on its body and gets none: what it sends then would be taken for a message.
    if (this._expect_continue && !this._sent100) this.shouldKeepAlive = false;
    this._storeHeader(firstLine, all);
    this[kTraced]?.status(statusCode);
    return this;
  },
});

/** Headers of `writeHead` together with those that were set before. */
function withSetHeaders(response, headers) {
  if (!headers) return response[kOutHeaders];
  if (!Array.isArray(headers)) {
    for (const name of Object.keys(headers)) {
      if (name) response.setHeader(name, headers[name]);
    }
    return response[kOutHeaders];
  }
  const pairs = Array.isArray(headers[0]) ? headers : [];
  if (pairs.length === 0) {
    if (headers.length % 2 !== 0) throw new codes.ERR_INVALID_ARG_VALUE('headers', headers);
    for (let i = 0; i < headers.length; i += 2) pairs.push([headers[i], headers[i + 1]]);
  }
  // A name may come several times here; what was set before is replaced.
  for (const [name] of pairs) response.removeHeader(name);
  for (const [name, value] of pairs) {
    if (name) response.appendHeader(name, value);
  }
  return response[kOutHeaders];
}

function toLink(link) {
  const check = (one) => {
    if (typeof one !== 'string' || !LINK.test(one)) {
      throw new codes.ERR_INVALID_ARG_VALUE(
        'hints', one,
        'must be an array or string of format "</styles.css>; rel=preload; as=style"',
      );
    }
    return one;
  };
  if (typeof link === 'string') return check(link);
  if (Array.isArray(link)) return link.map(check).join(', ');
  return check(link);
}

function onServerResponseClose() {
  // The socket may have been handed on in the same moment.
  if (this._httpMessage) emitClose(this._httpMessage);
}

/** The message's way is over. */
function emitClose(message) {
  message.destroyed = true;
  message._closed = true;
  message[kTraced]?.end();
  message.emit('close');
}

module.exports = { ServerResponse, emitClose };
