'use strict';

// Frames of the WebSocket protocol (RFC 6455, section 5).

const CONTINUATION = 0;
const TEXT = 1;
const BINARY = 2;
const CLOSE = 8;
const PING = 9;
const PONG = 10;

/** What the other side did wrong: the code and reason with which the connection is failed. */
class ProtocolError extends Error {
  constructor(code, reason) {
    super(reason);
    this.closeCode = code;
  }
}

/** A whole frame, masked as a client has to. */
function encode(opcode, payload) {
  const { length } = payload;
  const head = length < 126 ? 2 : length < 65536 ? 4 : 10;
  const frame = Buffer.allocUnsafe(head + 4 + length);
  frame[0] = 0x80 | opcode;
  if (head === 2) {
    frame[1] = 0x80 | length;
  } else if (head === 4) {
    frame[1] = 0x80 | 126;
    frame.writeUInt16BE(length, 2);
  } else {
    frame[1] = 0x80 | 127;
    frame.writeBigUInt64BE(BigInt(length), 2);
  }
  const mask = require('crypto').randomBytes(4);
  mask.copy(frame, head);
  for (let i = 0; i < length; i++) frame[head + 4 + i] = payload[i] ^ mask[i & 3];
  return frame;
}

/** Makes messages of the bytes that arrive. */
class Parser {
  #chunks = [];
  #length = 0;
  #fragments = [];
  #opcode = 0;

  /** `handlers`: `message(isText, bytes)`, `ping(bytes)`, `pong(bytes)`, `close(bytes)`. */
  constructor(handlers) {
    this.handlers = handlers;
    this.isOver = false;
  }

  /** Throws a ProtocolError for what no server may send. */
  push(chunk) {
    this.#chunks.push(chunk);
    this.#length += chunk.length;
    while (!this.isOver && this.#step());
  }

  #step() {
    if (this.#length < 2) return false;
    const bytes = this.#peek();
    const [first, second] = bytes;
    const opcode = first & 0x0f;
    const isFinal = (first & 0x80) !== 0;
    if ((first & 0x40) !== 0) throw new ProtocolError(1002, 'Expected RSV1 to be clear.');
    if ((first & 0x30) !== 0) throw new ProtocolError(1002, 'RSV2 and RSV3 must be clear.');
    if ((second & 0x80) !== 0) throw new ProtocolError(1002, 'Frame cannot be masked');
    if (![CONTINUATION, TEXT, BINARY, CLOSE, PING, PONG].includes(opcode)) {
      throw new ProtocolError(1002, 'Invalid opcode received');
    }
    let length = second & 0x7f;
    let head = 2;
    if (opcode >= CLOSE && !isFinal) throw new ProtocolError(1002, 'Control frames must not be fragmented.');
    if (opcode >= CLOSE && length > 125) throw new ProtocolError(1002, 'Payload length for control frame exceeded 125 bytes.');
    if (length === 126) {
      if (bytes.length < 4) return false;
      length = bytes.readUInt16BE(2);
      head = 4;
    } else if (length === 127) {
      if (bytes.length < 10) return false;
      const long = bytes.readBigUInt64BE(2);
      if (long > 0x7fffffffn) throw new ProtocolError(1009, 'Received payload length > 2^31 bytes.');
      length = Number(long);
      head = 10;
    }
    if (bytes.length < head + length) return false;
    const payload = bytes.subarray(head, head + length);
    this.#chunks = [bytes.subarray(head + length)];
    this.#length -= head + length;
    this.#frame(opcode, isFinal, payload);
    return true;
  }

  /** All that has arrived in one piece; only put together when a frame may be complete. */
  #peek() {
    if (this.#chunks.length > 1) this.#chunks = [Buffer.concat(this.#chunks, this.#length)];
    return this.#chunks[0];
  }

  #frame(opcode, isFinal, payload) {
    if (opcode === PING) {
      this.handlers.ping(payload);
    } else if (opcode === PONG) {
      this.handlers.pong(payload);
    } else if (opcode === CLOSE) {
      this.isOver = true;
      this.handlers.close(payload);
    } else {
      if (opcode === CONTINUATION) {
        if (this.#opcode === 0) throw new ProtocolError(1002, 'Unexpected continuation frame');
      } else {
        if (this.#opcode !== 0) throw new ProtocolError(1002, 'Expected continuation frame');
        this.#opcode = opcode;
      }
      this.#fragments.push(payload);
      if (!isFinal) return;
      const whole = this.#fragments.length === 1 ? payload : Buffer.concat(this.#fragments);
      const isText = this.#opcode === TEXT;
      this.#fragments = [];
      this.#opcode = 0;
      this.handlers.message(isText, whole);
    }
  }
}

module.exports = { BINARY, CLOSE, PING, PONG, Parser, ProtocolError, TEXT, encode };
