'use strict';

// WebSocket (https://websockets.spec.whatwg.org/, https://nodejs.org/api/globals.html#class-websocket).

const { EventTarget, defineEventHandler } = require('internal/event_target');
const { finish, required } = require('internal/fetch/convert');
const { isToken } = require('internal/fetch/headers');
const { isBlob } = require('internal/blob');
const { isAnyArrayBuffer } = require('internal/buffer/base');
const { BINARY, CLOSE, PONG, Parser, ProtocolError, TEXT, encode } = require('internal/websocket/frames');

const CONNECTING = 0;
const OPEN = 1;
const CLOSING = 2;
const CLOSED = 3;
/** What a server appends to the key to show that it understood (RFC 6455, section 1.3). */
const ACCEPT = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';
/** How long the other side may take to close its end. */
const CLOSE_TIMEOUT = 3000;

const exception = (message, name) => new (require('internal/dom_exception').DOMException)(message, name);

function toURL(input) {
  const { URL } = require('internal/url');
  let url;
  try {
    url = new URL(input);
  } catch (error) {
    throw exception(`${error.name}: ${error.message}`, 'SyntaxError');
  }
  if (url.protocol === 'http:') url.protocol = 'ws:';
  else if (url.protocol === 'https:') url.protocol = 'wss:';
  if (url.protocol !== 'ws:' && url.protocol !== 'wss:') {
    throw exception(`Expected a ws: or wss: protocol, got ${url.protocol}`, 'SyntaxError');
  }
  if (url.hash !== '' || url.href.endsWith('#')) throw exception('hash', 'SyntaxError');
  return url;
}

function toProtocols(value) {
  let list = value;
  if (typeof value === 'object' && value !== null) list = value[Symbol.iterator] === undefined ? value.protocols ?? [] : value;
  list = typeof list === 'string' || typeof list !== 'object' || list === null ? [`${list}`] : [...list].map(String);
  const isRepeated = new Set(list.map((name) => name.toLowerCase())).size !== list.length;
  if (isRepeated || !list.every(isToken)) throw exception('Invalid Sec-WebSocket-Protocol value', 'SyntaxError');
  return list;
}

class WebSocket extends EventTarget {
  #url;
  #state = CONNECTING;
  #protocol = '';
  #binaryType = 'blob';
  #buffered = 0;
  #request;
  #socket;
  #timer;
  #closeSent = false;
  #closeCode = 1006;
  #closeReason = '';
  #wasClean = false;
  #hasFailed = false;
  /** Blobs are read before they are sent, and what follows waits for them. */
  #sending = undefined;

  constructor(url, protocols = []) {
    required(arguments, 1, 'WebSocket constructor');
    super();
    this.#url = toURL(`${url}`.toWellFormed());
    const list = toProtocols(protocols);
    this.#connect(list, protocols?.headers);
  }

  #connect(protocols, extra) {
    const url = this.#url;
    const crypto = require('crypto');
    const key = crypto.randomBytes(16).toString('base64');
    const headers = ['host', url.host, 'connection', 'upgrade', 'upgrade', 'websocket'];
    if (extra !== undefined) headers.push(...[...new (require('internal/fetch/headers').Headers)(extra)].flat());
    headers.push('sec-websocket-key', key, 'sec-websocket-version', '13');
    if (protocols.length > 0) headers.push('sec-websocket-protocol', protocols.join(', '));
    headers.push('accept', '*/*', 'accept-language', '*', 'sec-fetch-mode', 'websocket', 'user-agent', 'node',
      'pragma', 'no-cache', 'cache-control', 'no-cache', 'accept-encoding', 'gzip, deflate');
    const { hostname, port, path } = require('url').urlToHttpOptions(url);
    let request;
    try {
      request = require(url.protocol === 'wss:' ? 'https' : 'http').request({
        hostname, port: port || undefined, path, headers, setHost: false, agent: false,
      });
    } catch {
      process.nextTick(() => this.#fail());
      return;
    }
    this.#request = request;
    request.on('error', () => this.#fail());
    request.on('response', (response) => {
      response.resume();
      request.destroy();
      this.#fail();
    });
    request.on('upgrade', (response, socket, head) => {
      const accepted = crypto.createHash('sha1').update(key + ACCEPT).digest('base64');
      const answer = response.headers;
      const protocol = answer['sec-websocket-protocol'];
      if (this.#state !== CONNECTING || answer.upgrade?.toLowerCase() !== 'websocket' ||
          !/(^|,)\s*upgrade\s*(,|$)/i.test(answer.connection ?? '') || answer['sec-websocket-accept'] !== accepted ||
          answer['sec-websocket-extensions'] !== undefined ||
          (protocol !== undefined && !protocols.includes(protocol))) {
        socket.destroy();
        this.#fail();
        return;
      }
      this.#open(socket, head, protocol ?? '');
    });
    request.end();
  }

  #open(socket, head, protocol) {
    this.#socket = socket;
    this.#state = OPEN;
    this.#protocol = protocol;
    const parser = new Parser({
      message: (isText, bytes) => this.#receive(isText, bytes),
      ping: (bytes) => {
        if (!this.#closeSent) socket.write(encode(PONG, bytes));
      },
      pong() {},
      close: (bytes) => this.#receiveClose(bytes),
    });
    const take = (chunk) => {
      if (this.#hasFailed) return;
      try {
        parser.push(chunk);
      } catch (error) {
        if (!(error instanceof ProtocolError)) throw error;
        this.#failWith(error.closeCode, error.message);
      }
    };
    socket.on('data', take);
    socket.on('error', () => {});
    socket.on('end', () => socket.end());
    socket.on('close', () => this.#finish());
    this.#fire('open');
    if (head.length > 0) take(head);
  }

  #receive(isText, bytes) {
    if (this.#state !== OPEN) return;
    let data;
    if (isText) {
      try {
        data = new (require('internal/encoding').TextDecoder)('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
      } catch {
        throw new ProtocolError(1007, 'Received invalid UTF-8 in text frame.');
      }
    } else if (this.#binaryType === 'blob') {
      data = new (require('internal/blob').Blob)([bytes]);
    } else {
      data = new Uint8Array(bytes).buffer;
    }
    const { MessageEvent } = require('internal/messaging/event');
    this.dispatchEvent(new MessageEvent('message', { data, origin: this.#url.origin }));
  }

  #receiveClose(bytes) {
    if (bytes.length === 1) throw new ProtocolError(1002, 'Received close frame with a 1-byte body.');
    const code = bytes.length === 0 ? 1005 : bytes.readUInt16BE(0);
    if (bytes.length > 0 && !isReceivable(code)) throw new ProtocolError(1002, 'Invalid status code received');
    let reason;
    try {
      reason = new (require('internal/encoding').TextDecoder)('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes.subarray(2));
    } catch {
      throw new ProtocolError(1007, 'Received invalid UTF-8 in close frame.');
    }
    this.#closeCode = code;
    this.#closeReason = reason;
    this.#state = CLOSING;
    this.#sendClose(bytes.subarray(0, 2));
    this.#wasClean = true;
    this.#socket.end();
  }

  #sendClose(payload) {
    if (this.#closeSent) return;
    this.#closeSent = true;
    this.#socket.write(encode(CLOSE, payload));
    this.#timer = require('timers').setTimeout(() => this.#socket.destroy(), CLOSE_TIMEOUT);
    this.#timer.unref();
  }

  /** The other side broke the protocol: it is told, and the script hears of an error. */
  #failWith(code, reason) {
    this.#hasFailed = true;
    const payload = Buffer.alloc(2 + Buffer.byteLength(reason));
    payload.writeUInt16BE(code, 0);
    payload.write(reason, 2);
    this.#sendClose(payload);
    this.#socket.end();
    this.#fail();
  }

  #fail() {
    if (this.#state === CLOSED) return;
    this.#hasFailed = true;
    this.#closeCode = 1006;
    this.#closeReason = '';
    this.#wasClean = false;
    const { ErrorEvent } = require('internal/websocket/events');
    this.#state = CLOSED;
    this.dispatchEvent(new ErrorEvent('error', { error: new TypeError('') }));
    this.#fireClose();
  }

  /** The connection is gone. */
  #finish() {
    require('timers').clearTimeout(this.#timer);
    if (this.#state === CLOSED) return;
    if (!this.#wasClean) {
      this.#fail();
      return;
    }
    this.#state = CLOSED;
    this.#fireClose();
  }

  #fireClose() {
    const { CloseEvent } = require('internal/websocket/events');
    this.dispatchEvent(new CloseEvent('close', {
      wasClean: this.#wasClean, code: this.#closeCode, reason: this.#closeReason,
    }));
  }

  #fire(type) {
    const { Event } = require('internal/event_target');
    this.dispatchEvent(new Event(type));
  }

  close(code = undefined, reason = undefined) {
    let number;
    if (code !== undefined) {
      number = Math.min(Math.max(Math.round(Number(code)) || 0, 0), 65535);
      if (number !== 1000 && (number < 3000 || number > 4999)) throw exception('invalid code', 'InvalidAccessError');
    }
    const text = reason === undefined ? '' : `${reason}`.toWellFormed();
    const length = Buffer.byteLength(text);
    if (length > 123) throw exception(`Reason must be less than 123 bytes; received ${length}`, 'SyntaxError');
    if (this.#state === CLOSING || this.#state === CLOSED) return;
    if (this.#state === CONNECTING) {
      this.#state = CLOSING;
      this.#request?.destroy();
      process.nextTick(() => this.#fail());
      return;
    }
    this.#state = CLOSING;
    const payload = Buffer.alloc(number === undefined && text === '' ? 0 : 2 + length);
    if (payload.length > 0) {
      payload.writeUInt16BE(number ?? 1000, 0);
      payload.write(text, 2);
    }
    if (this.#sending === undefined) this.#sendClose(payload);
    else this.#sending.then(() => this.#sendClose(payload));
  }

  send(data) {
    required(arguments, 1, 'WebSocket.send');
    if (this.#state === CONNECTING) throw exception('Sent before connected.', 'InvalidStateError');
    if (this.#state !== OPEN) return;
    if (isBlob(data)) {
      this.#enqueue(BINARY, data.size, () => data.arrayBuffer().then((buffer) => Buffer.from(buffer)));
    } else if (isAnyArrayBuffer(data)) {
      this.#enqueue(BINARY, data.byteLength, Buffer.from(data));
    } else if (ArrayBuffer.isView(data)) {
      this.#enqueue(BINARY, data.byteLength, Buffer.from(data.buffer, data.byteOffset, data.byteLength));
    } else {
      const bytes = Buffer.from(`${data}`.toWellFormed());
      this.#enqueue(TEXT, bytes.length, bytes);
    }
  }

  #enqueue(opcode, size, payload) {
    this.#buffered += size;
    const write = (bytes) => {
      if (this.#closeSent || this.#socket.destroyed) return;
      this.#socket.write(encode(opcode, bytes), () => {
        this.#buffered -= size;
      });
    };
    if (this.#sending === undefined && typeof payload !== 'function') {
      write(payload);
      return;
    }
    // What waits is sent with the bytes that it has now.
    const take = typeof payload === 'function' ? payload : () => payload;
    if (typeof payload !== 'function') payload = Buffer.from(payload);
    const sending = (this.#sending ?? Promise.resolve()).then(take).then(write);
    this.#sending = sending;
    sending.finally(() => {
      if (this.#sending === sending) this.#sending = undefined;
    });
  }

  get readyState() {
    return this.#state;
  }

  get bufferedAmount() {
    return this.#buffered;
  }

  get url() {
    return this.#url.href;
  }

  get extensions() {
    void this.#url;
    return '';
  }

  get protocol() {
    return this.#protocol;
  }

  get binaryType() {
    return this.#binaryType;
  }

  set binaryType(type) {
    this.#binaryType = type === 'blob' || type === 'arraybuffer' ? type : 'blob';
  }
}

/** Codes that may stand in a close frame (RFC 6455, section 7.4). */
function isReceivable(code) {
  if (code >= 1000 && code < 1015) return code !== 1004 && code !== 1005 && code !== 1006;
  return code >= 3000 && code <= 4999;
}

for (const name of ['open', 'error', 'close', 'message']) defineEventHandler(WebSocket.prototype, name);
finish(WebSocket, ['close', 'send', 'readyState', 'bufferedAmount', 'url', 'extensions', 'protocol', 'binaryType']);
for (const target of [WebSocket, WebSocket.prototype]) {
  Object.entries({ CONNECTING, OPEN, CLOSING, CLOSED }).forEach(([name, value]) => {
    Object.defineProperty(target, name, { __proto__: null, value, enumerable: true });
  });
}
Object.defineProperty(WebSocket, 'length', { __proto__: null, value: 1, configurable: true });

module.exports = { WebSocket };
