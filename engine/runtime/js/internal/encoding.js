'use strict';

// TextEncoder and TextDecoder (https://encoding.spec.whatwg.org/, https://nodejs.org/api/util.html#class-utiltextdecoder).

const { codes } = require('internal/errors');
const { isAnyArrayBuffer } = require('internal/buffer/base');
const { UTF8 } = require('internal/buffer/encodings');
const { validateObject } = require('internal/validators');

const inspectCustom = Symbol.for('nodejs.util.inspect.custom');

const OPTIONS_LIKE_DICTIONARY = { __proto__: null, nullable: true, allowArray: true, allowFunction: true };

class TextEncoder {
  #encoding = 'utf-8';

  get encoding() {
    return this.#encoding;
  }

  encode(input = '') {
    checkEncoder(this);
    return new Uint8Array(ops.buffer_from(`${input}`, UTF8));
  }

  encodeInto(src, dest) {
    checkEncoder(this);
    if (typeof src !== 'string') throw new codes.ERR_INVALID_ARG_TYPE('src', 'string', src);
    if (!(dest instanceof Uint8Array)) throw new codes.ERR_INVALID_ARG_TYPE('dest', 'Uint8Array', dest);
    const [read, written] = ops.encoding_encode_into(src, dest);
    return { read, written };
  }

  [inspectCustom](depth, options) {
    checkEncoder(this);
    if (typeof depth === 'number' && depth < 0) return this;
    return require('internal/util/inspect').inspect({ encoding: this.#encoding }, options);
  }

  static isEncoder(value) {
    return typeof value === 'object' && value !== null && #encoding in value;
  }
}

const { isEncoder } = TextEncoder;
delete TextEncoder.isEncoder;

function checkEncoder(value) {
  if (!isEncoder(value)) throw new TypeError('Receiver must be an instance of class TextEncoder');
}

/** Decoders of streams that nobody can end any more. */
let forgotten;

let isDecoder;

class TextDecoder {
  #encoding;
  #isFatal;
  #ignoresBom;
  /** The number of the op's decoder in the middle of a stream, 0 outside of one. */
  #stream = 0;

  static {
    isDecoder = (value) => typeof value === 'object' && value !== null && #isFatal in value;
  }

  constructor(encoding = 'utf-8', options = {}) {
    const label = `${encoding}`;
    validateObject(options, 'options', OPTIONS_LIKE_DICTIONARY);
    const name = label === 'utf-8' ? label : ops.encoding_name(label);
    if (name === undefined || name === 'replacement') throw new codes.ERR_ENCODING_NOT_SUPPORTED(name ?? label);
    this.#encoding = name;
    this.#isFatal = Boolean(options?.fatal);
    this.#ignoresBom = Boolean(options?.ignoreBOM);
  }

  decode(input = undefined, options = {}) {
    checkDecoder(this);
    const bytes = viewOf(input);
    validateObject(options, 'options', OPTIONS_LIKE_DICTIONARY);
    const isLast = !options?.stream;

    let text;
    if (this.#stream === 0 && isLast && this.#encoding === 'utf-8') {
      text = ops.encoding_decode_utf8(bytes, this.#ignoresBom, this.#isFatal);
    } else {
      if (this.#stream === 0) {
        this.#stream = ops.encoding_decoder_new(this.#encoding, this.#ignoresBom, this.#isFatal);
        if (!isLast) this.#watch();
      }
      const stream = this.#stream;
      if (isLast) this.#forget();
      text = ops.encoding_decode(stream, bytes, isLast);
      if (text === undefined) this.#forget();
    }
    if (text === undefined) throw new codes.ERR_ENCODING_INVALID_ENCODED_DATA(this.#encoding, undefined);
    if (text === null) throw tooLong();
    return text;
  }

  #watch() {
    forgotten ??= new FinalizationRegistry((number) => ops.encoding_decoder_drop(number));
    forgotten.register(this, this.#stream, this);
  }

  #forget() {
    if (this.#stream !== 0) forgotten?.unregister(this);
    this.#stream = 0;
  }

  get encoding() {
    checkDecoder(this);
    return this.#encoding;
  }

  get fatal() {
    checkDecoder(this);
    return this.#isFatal;
  }

  get ignoreBOM() {
    checkDecoder(this);
    return this.#ignoresBom;
  }

  [inspectCustom](depth, options) {
    checkDecoder(this);
    if (typeof depth === 'number' && depth < 0) return '[TextDecoder]';
    const shown = { encoding: this.#encoding, fatal: this.#isFatal, ignoreBOM: this.#ignoresBom };
    return `TextDecoder ${require('internal/util/inspect').inspect(shown, options)}`;
  }
}

function checkDecoder(value) {
  if (!isDecoder(value)) throw new codes.ERR_INVALID_THIS('TextDecoder');
}

const NOTHING = new Uint8Array(0);

function viewOf(input) {
  if (input === undefined) return NOTHING;
  if (ArrayBuffer.isView(input)) return input;
  if (isAnyArrayBuffer(input)) return new Uint8Array(input);
  const error = new TypeError(
    'The "list" argument must be an instance of SharedArrayBuffer, ArrayBuffer or ArrayBufferView.',
  );
  error.code = 'ERR_INVALID_ARG_TYPE';
  throw error;
}

function tooLong() {
  const error = new Error('Cannot create a string longer than 0x1fffffe8 characters');
  error.code = 'ERR_STRING_TOO_LONG';
  return error;
}

function finish(prototype, name, enumerable) {
  Object.defineProperty(prototype, Symbol.toStringTag, { __proto__: null, value: name, configurable: true });
  for (const key of enumerable) Object.defineProperty(prototype, key, { __proto__: null, enumerable: true });
}

finish(TextEncoder.prototype, 'TextEncoder', ['encoding', 'encode', 'encodeInto']);
finish(TextDecoder.prototype, 'TextDecoder', ['decode', 'encoding', 'fatal', 'ignoreBOM']);

module.exports = { TextDecoder, TextEncoder };
