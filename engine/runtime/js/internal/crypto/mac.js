'use strict';

// Message authentication by name (https://nodejs.org/api/crypto.html#cryptocreatemacalgorithm-key-options): HMAC, CMAC,
// GMAC, KMAC, keyed BLAKE2, Poly1305 and SipHash.

const { Buffer } = require('buffer');
const { codes } = require('internal/errors');
const nativeErrors = require('internal/crypto/native_errors');
const { isAnyArrayBuffer } = require('internal/buffer/base');
const { encodingNumber } = require('internal/buffer/encodings');
const { LazyTransform } = require('internal/crypto/lazy_transform');
const { opensslError } = require('internal/crypto/openssl_error');
const { encode, toBytesOnly, toView, viewed } = require('internal/crypto/util');
const { validateObject, validateString, validateUint32 } = require('internal/validators');

const failed = () => new nativeErrors.ERR_CRYPTO_OPERATION_FAILED('Failed to initialize MAC');
const unsupported = () => opensslError('error:0308010C:digital envelope routines::unsupported');
const badKey = () => opensslError('error:1C800069:Provider routines::invalid key length');
const badMode = () => opensslError('error:1C80007D:Provider routines::invalid mode');

/** A block of zeros, encrypted and doubled in the field (NIST SP 800-38B, section 6.1). */
function doubled(bytes) {
  const out = Buffer.alloc(bytes.length);
  for (let i = 0; i < bytes.length; i++) out[i] = (bytes[i] << 1) | ((bytes[i + 1] ?? 0) >> 7);
  if (bytes[0] & 0x80) out[out.length - 1] ^= bytes.length === 16 ? 0x87 : 0x1b;
  return out;
}

function cmac(info, key, message) {
  const { createCipheriv } = require('internal/crypto/cipher');
  const { blockSize: size, name } = info;
  const encrypted = (bytes) => {
    const cipher = createCipheriv(name, key, Buffer.alloc(size));
    cipher.setAutoPadding(false);
    return Buffer.concat([cipher.update(bytes), cipher.final()]);
  };
  const first = doubled(encrypted(Buffer.alloc(size)));
  const isWhole = message.length > 0 && message.length % size === 0;
  const padded = isWhole ? Buffer.from(message) : Buffer.alloc(Math.floor(message.length / size) * size + size);
  if (!isWhole) {
    message.copy(padded);
    padded[message.length] = 0x80;
  }
  const mask = isWhole ? first : doubled(first);
  for (let i = 0; i < size; i++) padded[padded.length - size + i] ^= mask[i];
  return encrypted(padded).subarray(-size);
}

function gmac(info, key, iv, message) {
  const cipher = require('internal/crypto/cipher').createCipheriv(info.name, key, iv);
  cipher.setAAD(message);
  cipher.final();
  return cipher.getAuthTag();
}

/** The cipher of this name in one mode. */
function cipherIn(mode, { cipher }) {
  const info = require('internal/crypto/cipher_info').cipherByName(cipher);
  if (info === undefined) throw unsupported();
  if (info.mode !== mode) throw badMode();
  return info;
}

/** One of the two BLAKE2 functions. */
const blake2 = (name, most) => ({
  takes: ['outputLength', 'salt', 'customization'],
  make(key, { customization = Buffer.alloc(0), outputLength = most, salt = Buffer.alloc(0) }) {
    if (outputLength < 1 || outputLength > most) throw opensslError('error:1C800071:Provider routines::not xof or invalid length');
    if (salt.length > most / 4) throw opensslError('error:1C800070:Provider routines::invalid salt length');
    if (customization.length > most / 4) throw opensslError('error:1C80006F:Provider routines::invalid custom length');
    if (key.length < 1 || key.length > most) throw badKey();
    return (message) => ops.crypto_small_mac(name, key, salt, customization, outputLength, message);
  },
});

const kmac = (bits) => ({
  takes: ['outputLength', 'customization'],
  make(key, { customization = Buffer.alloc(0), outputLength = bits / 4 }) {
    if (customization.length > 512) throw opensslError('error:1C80006F:Provider routines::invalid custom length');
    if (outputLength > 0xffffff / 8) throw opensslError('error:1C8000D9:Provider routines::invalid output length');
    if (key.length < 4 || key.length > 512) throw badKey();
    return (message) => ops.crypto_kmac(bits, key, customization, outputLength, message);
  },
});

/** What there is: the options that each takes, and what makes a function from a message to its code. */
const MACS = {
  '__proto__': null,
  'blake2bmac': blake2('blake2b', 64),
  'blake2smac': blake2('blake2s', 32),
  'cmac': {
    takes: ['cipher'],
    check({ cipher }) {
      if (cipher === undefined) throw required('cipher', 'is required for CMAC');
    },
    make(key, options) {
      const info = cipherIn('cbc', options);
      if (key.length !== info.keyLength) throw opensslError('error:03000082:digital envelope routines::invalid key length');
      return (message) => cmac(info, key, message);
    },
  },
  'gmac': {
    takes: ['cipher', 'iv'],
    check({ cipher, iv }) {
      if (cipher === undefined) throw required('cipher', 'is required for GMAC');
      if (!(iv?.length > 0)) throw required('iv', 'must be non-empty for GMAC');
    },
    make(key, options) {
      const info = cipherIn('gcm', options);
      if (key.length !== info.keyLength) throw badKey();
      return (message) => gmac(info, key, options.iv, message);
    },
  },
  'hmac': {
    takes: ['digest'],
    check({ digest }) {
      if (digest === undefined) throw required('digest', 'is required for HMAC');
    },
    make(key, { digest }) {
      const size = ops.crypto_hash_size(digest);
      if (size === undefined || size === null || /^rsa-/i.test(digest)) throw unsupported();
      if (size < 0) throw failed();
      return (message) => require('internal/crypto/hash').createHmac(digest, key).update(message).digest();
    },
  },
  'kmac-128': kmac(128),
  'kmac-256': kmac(256),
  'kmac128': kmac(128),
  'kmac256': kmac(256),
  'poly1305': {
    takes: [],
    make(key) {
      if (key.length !== 32) throw badKey();
      return (message) => ops.crypto_small_mac('poly1305', key, null, null, 16, message);
    },
  },
  'siphash': {
    takes: ['outputLength'],
    make(key, { outputLength = 16 }) {
      if (key.length !== 16 || (outputLength !== 8 && outputLength !== 16)) throw failed();
      return (message) => ops.crypto_small_mac('siphash', key, null, null, outputLength, message);
    },
  },
};

function required(name, reason) {
  const error = new TypeError(`The property 'options.${name}' ${reason}`);
  error.code = 'ERR_INVALID_ARG_VALUE';
  return error;
}

function checkText(value, name) {
  validateString(value, name);
  if (value === '' || value.includes('\0')) {
    throw new codes.ERR_INVALID_ARG_VALUE(name, value, 'must be non-empty and contain no NUL bytes');
  }
}

/** The options, checked in the order in which they are looked at. */
function checkOptions(options) {
  if (options === undefined) return {};
  validateObject(options, 'options');
  const asked = {};
  for (const key of ['digest', 'cipher']) {
    if (options[key] === undefined) continue;
    checkText(options[key], `options.${key}`);
    asked[key] = options[key];
  }
  for (const key of ['iv', 'customization', 'salt']) {
    if (options[key] === undefined) continue;
    asked[key] = Buffer.from(viewed(toBytesOnly(options[key], `options.${key}`)));
  }
  if (options.outputLength !== undefined) {
    validateUint32(options.outputLength, 'options.outputLength');
    asked.outputLength = options.outputLength;
  }
  return asked;
}

function keyBytes(key) {
  const { KeyObject } = require('internal/crypto/key/objects');
  if (key instanceof KeyObject && key.type === 'secret') return key.export();
  if (!ArrayBuffer.isView(key) && !isAnyArrayBuffer(key)) {
    throw new codes.ERR_INVALID_ARG_TYPE('key', ['ArrayBuffer', 'Buffer', 'TypedArray', 'DataView', 'KeyObject'], key);
  }
  // What happens to the caller's bytes later is not the key's concern.
  return Buffer.from(viewed(toView(key)));
}

class Mac extends LazyTransform {
  #code;
  #parts = [];
  #isFinal = false;

  constructor(algorithm, key, options = undefined) {
    checkText(algorithm, 'algorithm');
    const asked = checkOptions(options);
    const secret = keyBytes(key);
    const name = algorithm.toLowerCase();
    const kind = MACS[name];
    if (kind === undefined) {
      const error = new TypeError(`Invalid MAC: ${algorithm}`);
      error.code = 'ERR_CRYPTO_INVALID_MAC';
      throw error;
    }
    kind.check?.(asked);
    for (const option of Object.keys(asked)) {
      if (!kind.takes.includes(option)) throw required(option, `is not supported by MAC ${name}`);
    }
    super(options);
    this.#code = kind.make(secret, asked);
  }

  #open() {
    if (!this.#isFinal) return;
    const error = new Error('MAC already finalized');
    error.code = 'ERR_CRYPTO_MAC_FINALIZED';
    throw error;
  }

  _transform(chunk, encoding, callback) {
    this.update(chunk, encoding);
    callback();
  }

  _flush(callback) {
    this.push(this.final());
    callback();
  }

  update(data, inputEncoding) {
    this.#open();
    if (typeof data === 'string') {
      if (inputEncoding !== undefined && inputEncoding !== 'buffer' && encodingNumber(inputEncoding) === undefined) {
        throw new codes.ERR_INVALID_ARG_VALUE('inputEncoding', inputEncoding);
      }
      this.#parts.push(Buffer.from(data, inputEncoding));
    } else if (ArrayBuffer.isView(data)) {
      this.#parts.push(Buffer.from(viewed(data)));
    } else {
      throw new codes.ERR_INVALID_ARG_TYPE('data', ['string', 'Buffer', 'TypedArray', 'DataView'], data);
    }
    return this;
  }

  final(outputEncoding = undefined) {
    this.#open();
    if (outputEncoding !== undefined) {
      validateString(outputEncoding, 'outputEncoding');
      if (outputEncoding !== 'buffer' && encodingNumber(outputEncoding) === undefined) {
        throw new codes.ERR_INVALID_ARG_VALUE('outputEncoding', outputEncoding);
      }
    }
    this.#isFinal = true;
    const code = this.#code(Buffer.concat(this.#parts));
    this.#parts = [];
    return encode(code, outputEncoding);
  }
}

function createMac(algorithm, key, options) {
  return new Mac(algorithm, key, options);
}

function getMacs() {
  return Object.keys(MACS);
}

module.exports = { createMac, getMacs };
