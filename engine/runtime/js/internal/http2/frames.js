'use strict';

// The frames of HTTP/2 (https://www.rfc-editor.org/rfc/rfc9113#name-http-frames).

const { Buffer } = require('buffer');

const types = {
  DATA: 0, HEADERS: 1, PRIORITY: 2, RST_STREAM: 3, SETTINGS: 4, PUSH_PROMISE: 5, PING: 6, GOAWAY: 7, WINDOW_UPDATE: 8,
  CONTINUATION: 9, ALTSVC: 10, ORIGIN: 12,
};
const flags = { END_STREAM: 1, ACK: 1, END_HEADERS: 4, PADDED: 8, PRIORITY: 32 };
const HEAD = 9;
const PREFACE = Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', 'latin1');

/** One frame as bytes. */
function frame(type, flag, stream, payload) {
  const head = Buffer.allocUnsafe(HEAD);
  head.writeUIntBE(payload.length, 0, 3);
  head[3] = type;
  head[4] = flag;
  head.writeUInt32BE(stream, 5);
  return payload.length === 0 ? [head] : [head, payload];
}

function number(value) {
  const bytes = Buffer.allocUnsafe(4);
  bytes.writeUInt32BE(value >>> 0);
  return bytes;
}

/** Cuts what arrives into frames. */
class FrameReader {
  #chunks = [];
  #length = 0;
  #preface;
  /** The largest payload that is taken. */
  maxFrameSize = 16384;

  /** With `hasPreface` the connection begins with the client's words. */
  constructor(hasPreface) {
    this.#preface = hasPreface ? PREFACE.length : 0;
  }

  add(chunk) {
    this.#chunks.push(chunk);
    this.#length += chunk.length;
  }

  #take(length) {
    const all = this.#chunks.length === 1 ? this.#chunks[0] : Buffer.concat(this.#chunks);
    const rest = all.subarray(length);
    this.#chunks = rest.length === 0 ? [] : [rest];
    this.#length = rest.length;
    return all.subarray(0, length);
  }

  #peek(length) {
    if (this.#length < length) return undefined;
    if (this.#chunks[0].length < length) this.#chunks = [Buffer.concat(this.#chunks)];
    return this.#chunks[0];
  }

  /** The next frame, undefined when more is needed, 'preface' or 'size' for what is wrong. */
  next() {
    if (this.#preface > 0) {
      const begin = this.#peek(Math.min(this.#length, this.#preface));
      if (this.#length === 0) return undefined;
      const seen = Math.min(this.#length, this.#preface);
      if (!begin.subarray(0, seen).equals(PREFACE.subarray(0, seen))) return 'preface';
      if (this.#length < this.#preface) return undefined;
      this.#take(this.#preface);
      this.#preface = 0;
    }
    const head = this.#peek(HEAD);
    if (head === undefined) return undefined;
    const length = head.readUIntBE(0, 3);
    if (length > this.maxFrameSize) return 'size';
    if (this.#length < HEAD + length) return undefined;
    const bytes = this.#take(HEAD + length);
    return { type: bytes[3], flags: bytes[4], stream: bytes.readUInt32BE(5) & 0x7fffffff, payload: bytes.subarray(HEAD) };
  }
}

/** The payload without padding and, for headers, without a priority; undefined when it is too short for what it says. */
function body({ flags: flag, payload, type }) {
  let start = 0;
  let end = payload.length;
  if (flag & flags.PADDED) {
    if (end < 1) return undefined;
    end -= payload[0];
    start = 1;
  }
  if (type === types.HEADERS && flag & flags.PRIORITY) start += 5;
  return start > end ? undefined : payload.subarray(start, end);
}

module.exports = { FrameReader, PREFACE, body, flags, frame, number, types };
