'use strict';

// The head of a message as text: the script's headers, and what has to be added so that the other side knows where the
// body ends and whether the connection goes on (https://www.rfc-editor.org/rfc/rfc9112#name-message-body-length).

const { Buffer } = require('buffer');
const { codes } = require('internal/errors');
const { validateHeaderName, validateHeaderValue } = require('internal/http/header_checks');
const { utcDate } = require('internal/http/date');
const { OutgoingMessage, kOutHeaders, kUnique } = require('internal/http/outgoing');

const CRLF = '\r\n';
const CLOSE = /(?:^|\W)close(?:$|\W)/i;
const UPGRADE = /(?:^|\W)upgrade(?:$|\W)/i;
const CHUNKED = /(?:^|\W)chunked(?:$|\W)/i;

/** Headers of a head that is being made, and what they say. */
class Head {
  text;
  connection = false;
  length = false;
  coding = false;
  date = false;
  expect = false;
  trailer = false;

  constructor(firstLine) {
    this.text = firstLine;
  }
}

function addAll(message, head, name, value, check) {
  if (check) validateHeaderName(name);
  if (Array.isArray(value)) {
    const field = name.toLowerCase();
    // Cookies cannot be joined; of others the message says which can.
    const isJoined = (value.length < 2 || message[kUnique]?.has(field)) && field !== 'set-cookie' || field === 'cookie';
    if (!isJoined) {
      for (const one of value) add(message, head, name, one, check);
      return;
    }
    value = value.join('; ');
  }
  add(message, head, name, value, check);
}

function add(message, head, name, value, check) {
  if (check) validateHeaderValue(name, value);
  if (message._contentLength && name.length === 19 && name.toLowerCase() === 'content-disposition') {
    // Names of files are bytes of whatever encoding; the head goes out as UTF-8 together with the body.
    value = Buffer.from(String(value), 'latin1').toString();
  }
  head.text += `${name}: ${value}${CRLF}`;
  note(message, head, name.toLowerCase(), value);
}

function note(message, head, field, value) {
  switch (field) {
    case 'connection':
      head.connection = true;
      message._removedConnection = false;
      if (CLOSE.test(value)) message._last = true;
      else message.shouldKeepAlive = true;
      if (UPGRADE.test(value)) head.upgrade = true;
      break;
    case 'transfer-encoding':
      head.coding = true;
      message._removedTE = false;
      if (CHUNKED.test(value)) message.chunkedEncoding = true;
      break;
    case 'content-length':
      head.length = true;
      message._contentLength = Number(value);
      message._removedContLen = false;
      break;
    case 'date':
    case 'expect':
    case 'trailer':
      head[field] = true;
      break;
    case 'keep-alive':
      message._defaultKeepAlive = false;
      break;
  }
}

OutgoingMessage.prototype._storeHeader = function _storeHeader(firstLine, headers) {
  const head = new Head(firstLine);
  if (headers) {
    if (headers === this[kOutHeaders]) {
      for (const field in headers) addAll(this, head, headers[field][0], headers[field][1], false);
    } else if (Array.isArray(headers)) {
      addList(this, head, headers);
    } else {
      for (const name of Object.keys(headers)) addAll(this, head, name, headers[name], true);
    }
  }
  if (this.sendDate && !head.date) head.text += `Date: ${utcDate()}${CRLF}`;

  // Some answers have no body, whatever the headers say.
  if (this.chunkedEncoding && (this.statusCode === 204 || this.statusCode === 304)) {
    this.chunkedEncoding = false;
    this.shouldKeepAlive = false;
  }
  addConnection(this, head);
  addFraming(this, head);

  if (this.chunkedEncoding !== true && head.trailer) throw new codes.ERR_HTTP_TRAILER_INVALID();
  this._header = head.text + CRLF;
  this._headerSent = false;
  // The other side is to say whether it wants the body before it is sent.
  if (head.expect) this._send('');
};

function addList(message, head, headers) {
  if (headers.length > 0 && Array.isArray(headers[0])) {
    for (const [name, value] of headers) addAll(message, head, name, value, true);
    return;
  }
  if (headers.length % 2 !== 0) throw new codes.ERR_INVALID_ARG_VALUE('headers', headers);
  for (let i = 0; i < headers.length; i += 2) addAll(message, head, headers[i], headers[i + 1], true);
}

function addConnection(message, head) {
  if (message._removedConnection) {
    // Without the header HTTP/1.1 keeps the connection.
    message._last = !message.shouldKeepAlive;
    message.shouldKeepAlive = false;
    return;
  }
  if (head.connection) return;
  const keeps = message.shouldKeepAlive && (head.length || message.useChunkedEncodingByDefault || message.agent);
  if (keeps && message.maxRequestsOnConnectionReached) {
    head.text += `Connection: close${CRLF}`;
  } else if (keeps) {
    head.text += `Connection: keep-alive${CRLF}`;
    if (message._keepAliveTimeout && message._defaultKeepAlive) {
      const seconds = Math.floor(message._keepAliveTimeout / 1000);
      const most = message._maxRequestsPerSocket;
      head.text += `Keep-Alive: timeout=${seconds}${most > 0 ? `, max=${most}` : ''}${CRLF}`;
    }
  } else {
    message._last = true;
    head.text += `Connection: close${CRLF}`;
  }
}

function addFraming(message, head) {
  if (head.length || head.coding) return;
  if (!message._hasBody) {
    message.chunkedEncoding = false;
  } else if (!message.useChunkedEncodingByDefault) {
    message._last = true;
  } else if (!head.trailer && !message._removedContLen && typeof message._contentLength === 'number') {
    head.text += `Content-Length: ${message._contentLength}${CRLF}`;
  } else if (!message._removedTE) {
    head.text += `Transfer-Encoding: chunked${CRLF}`;
    message.chunkedEncoding = true;
  } else {
    // Neither is allowed: the end of the connection ends the body.
    message._last = true;
  }
}

