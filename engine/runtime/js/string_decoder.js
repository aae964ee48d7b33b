'use strict';

// https://nodejs.org/api/string_decoder.html: text from pieces of bytes, characters never torn.

const { codes } = require('internal/errors');

const { ERR_INVALID_ARG_TYPE, ERR_INVALID_THIS, ERR_UNKNOWN_ENCODING } = codes;

// The state of a decoder is a Buffer, as in Node: the bytes of a character that is not complete, then how many are
// missing, how many there are, and the encoding's number.
const kNativeDecoder = Symbol('kNativeDecoder');
const CHARACTER_SIZE = 4;
const MISSING = 4;
const BUFFERED = 5;
const ENCODING = 6;
const STATE_SIZE = 7;

const UTF8 = 1;
const BASE64 = 2;
const UTF16 = 3;
const BASE64URL = 7;
const numbers = { ascii: 0, utf8: UTF8, base64: BASE64, utf16le: UTF16, latin1: 4, hex: 5, base64url: BASE64URL };

let bufferModule;
const buffers = () => (bufferModule ??= require('buffer'));

/** `string_decoder.StringDecoder`. */
function StringDecoder(encoding) {
  const name = require('internal/buffer/encodings').normalizeEncoding(encoding);
  if (name === undefined) throw new ERR_UNKNOWN_ENCODING(encoding);
  this.encoding = name;
  const state = buffers().Buffer.alloc(STATE_SIZE);
  state[ENCODING] = numbers[name];
  this[kNativeDecoder] = state;
}

const isContinuation = (byte) => (byte & 0xc0) === 0x80;

/** How many bytes the character has that begins with `byte`; 0 when none begins with it. */
function characterLength(byte) {
  if ((byte & 0xe0) === 0xc0) return 2;
  if ((byte & 0xf0) === 0xe0) return 3;
  return (byte & 0xf8) === 0xf0 ? 4 : 0;
}

/** Notes how many bytes at the end of `bytes` are the start of a character, and how many are missing. */
function findIncomplete(state, bytes) {
  const { length } = bytes;
  const last = bytes[length - 1];
  let buffered = 0;
  let missing = 0;
  switch (state[ENCODING]) {
    case UTF8:
      for (let back = 1; (last & 0x80) !== 0 && back <= Math.min(CHARACTER_SIZE, length); back++) {
        const byte = bytes[length - back];
        if (isContinuation(byte)) continue;
        const total = characterLength(byte);
        if (total > back) {
          buffered = back;
          missing = total - back;
        }
        break;
      }
      break;
    case UTF16:
      if (length % 2 === 1) {
        buffered = 1;
        missing = 1;
      } else if ((last & 0xfc) === 0xd8) {
        // The first half of a pair.
        buffered = 2;
        missing = 2;
      }
      break;
    default:
      buffered = length % 3;
      missing = buffered === 0 ? 0 : 3 - buffered;
  }
  state[BUFFERED] = buffered;
  state[MISSING] = missing;
}

/** Adds bytes to the character that is not complete; returns how many. */
function complete(state, bytes) {
  const wanted = Math.min(state[MISSING], bytes.length);
  let count = wanted;
  if (state[ENCODING] === UTF8) {
    count = 0;
    while (count < wanted && isContinuation(bytes[count])) count++;
  }
  for (let i = 0; i < count; i++) state[state[BUFFERED] + i] = bytes[i];
  state[BUFFERED] += count;
  // What cannot be continued is as complete as it gets.
  state[MISSING] = count < wanted ? 0 : state[MISSING] - count;
  return count;
}

function decode(state, encoding, bytes) {
  let rest = bytes;
  let before = '';
  if (state[MISSING] > 0) {
    rest = rest.subarray(complete(state, rest));
    if (state[MISSING] > 0) return '';
    before = state.toString(encoding, 0, state[BUFFERED]);
    state[BUFFERED] = 0;
  }
  if (rest.length === 0) return before;
  findIncomplete(state, rest);
  const end = rest.length - state[BUFFERED];
  for (let i = end; i < rest.length; i++) state[i - end] = rest[i];
  return before + rest.toString(encoding, 0, end);
}

function stateOf(decoder) {
  const state = decoder[kNativeDecoder];
  if (state === undefined) throw new ERR_INVALID_THIS('StringDecoder');
  return state;
}

StringDecoder.prototype.write = function write(buf) {
  if (typeof buf === 'string') return buf;
  if (!ArrayBuffer.isView(buf)) throw new ERR_INVALID_ARG_TYPE('buf', ['Buffer', 'TypedArray', 'DataView'], buf);
  const state = stateOf(this);
  const { Buffer } = buffers();
  const bytes = Buffer.isBuffer(buf) ? buf : Buffer.from(buf.buffer, buf.byteOffset, buf.byteLength);
  switch (state[ENCODING]) {
    case UTF8: case UTF16: case BASE64: case BASE64URL: return decode(state, this.encoding, bytes);
    default: return bytes.toString(this.encoding);
  }
};

StringDecoder.prototype.end = function end(buf) {
  const text = buf === undefined ? '' : this.write(buf);
  const state = stateOf(this);
  let buffered = state[BUFFERED];
  // Half of a UTF-16 unit is nothing.
  if (state[ENCODING] === UTF16) buffered -= buffered % 2;
  state[BUFFERED] = 0;
  state[MISSING] = 0;
  return buffered > 0 ? text + state.toString(this.encoding, 0, buffered) : text;
};

/** Not documented, but there. */
StringDecoder.prototype.text = function text(buf, offset) {
  const state = stateOf(this);
  state[BUFFERED] = 0;
  state[MISSING] = 0;
  return this.write(buf.slice(offset));
};

function defineGetter(name, get) {
  Object.defineProperty(StringDecoder.prototype, name, { __proto__: null, configurable: true, enumerable: true, get });
}

defineGetter('lastChar', function get() {
  return this[kNativeDecoder].subarray(0, CHARACTER_SIZE);
});
defineGetter('lastNeed', function get() {
  return this[kNativeDecoder][MISSING];
});
defineGetter('lastTotal', function get() {
  return this[kNativeDecoder][BUFFERED] + this[kNativeDecoder][MISSING];
});

module.exports = { StringDecoder };
