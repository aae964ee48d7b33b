'use strict';

// Cipheriv and Decipheriv (https://nodejs.org/api/crypto.html#class-cipheriv).

const { Buffer } = require('buffer');
const { StringDecoder } = require('string_decoder');
const { codes } = require('internal/errors');
const nativeErrors = require('internal/crypto/native_errors');
const { isUint32, validateEncoding, validateString } = require('internal/validators');
const { normalizeEncoding } = require('internal/buffer/encodings');
const { cipherByName, takesIv } = require('internal/crypto/cipher_info');
const { LazyTransform } = require('internal/crypto/lazy_transform');
const { BYTES, kHandle, toBuffer, toBytes } = require('internal/crypto/util');

const { isView } = ArrayBuffer;

const OPENSSL = {
  'wrong final block length': 'error:1C80006B:Provider routines::wrong final block length',
  'bad decrypt': 'error:1C800064:Provider routines::bad decrypt',
};
const AUTHENTICATED = new Set(['gcm', 'ccm', 'ocb', 'poly1305']);
const GCM_TAGS = new Set([4, 8, 12, 13, 14, 15, 16]);

/** What stands under `kHandle`: the native state and how far the message is. */
class CipherBase {
  #native;
  #state;

  constructor(info, key, iv, encrypt, tagLength) {
    this.#native = ops.crypto_cipher_new(info.family, info.native, key, iv, encrypt, tagLength ?? 16);
    this.#state = {
      info,
      encrypt,
      isAuthenticated: AUTHENTICATED.has(info.native),
      tagLength,
      ivLength: iv.byteLength,
      tagSet: false,
      updated: false,
      ended: false,
    };
  }

  static native(handle) {
    return handle.#native;
  }

  static state(handle) {
    return handle.#state;
  }
}

function invalidTag(length) {
  return new nativeErrors.ERR_CRYPTO_INVALID_AUTH_TAG(`Invalid authentication tag length: ${length}`);
}

function missingTagLength(name) {
  return new nativeErrors.ERR_CRYPTO_INVALID_AUTH_TAG(`authTagLength required for ${name}`);
}

/** The length of the tag that was asked for; throws for one that the mode cannot have. */
function checkTagLength({ native }, name, length) {
  switch (native) {
    case 'gcm':
      if (length !== undefined && !GCM_TAGS.has(length)) throw invalidTag(length);
      return length;
    case 'ccm':
      if (length === undefined) throw missingTagLength(name);
      if (length < 4 || length > 16 || length % 2 !== 0) throw invalidTag(length);
      return length;
    case 'ocb':
      if (length === undefined) throw missingTagLength(name);
      if (length === 0 || length > 16) throw invalidTag(length);
      return length;
    case 'poly1305':
      if (length !== undefined && (length === 0 || length > 16)) throw invalidTag(length);
      return length ?? 16;
    default:
      return undefined;
  }
}

function unsignedOption(options, key) {
  const value = options?.[key];
  if (value === undefined || value === null) return undefined;
  if (!isUint32(value)) throw new codes.ERR_INVALID_ARG_VALUE(`options.${key}`, value);
  return value;
}

function setUp(self, name, key, options, encrypt, iv) {
  validateString(name, 'cipher');
  const encoding = typeof options?.encoding === 'string' ? options.encoding : undefined;
  const secret = require('internal/crypto/secret').secretBytes(key, 'key', encoding);
  const vector = iv === null ? new Uint8Array(0) : toBytes(iv, 'iv', undefined, BYTES);
  const tagLength = unsignedOption(options, 'authTagLength');
  const info = cipherByName(name);
  if (info === undefined) throw new nativeErrors.ERR_CRYPTO_UNKNOWN_CIPHER();
  if (secret.byteLength !== info.keyLength) throw new nativeErrors.ERR_CRYPTO_INVALID_KEYLEN();
  if (!takesIv(info, vector.byteLength)) throw new nativeErrors.ERR_CRYPTO_INVALID_IV();
  const wanted = checkTagLength(info, name, tagLength);
  self[kHandle] = new CipherBase(info, secret, vector, encrypt, wanted);
  self._decoder = null;
  Reflect.apply(LazyTransform, self, [options]);
}

function stateOf(self) {
  return CipherBase.state(self[kHandle]);
}

function nativeOf(self) {
  return CipherBase.native(self[kHandle]);
}

function refusal(word) {
  if (OPENSSL[word] !== undefined) {
    const error = require('internal/crypto/openssl_error').opensslError(OPENSSL[word]);
    const { library, reason, code } = error;
    for (const key of ['library', 'reason', 'code']) delete error[key];
    return Object.assign(error, { opensslErrorStack: [OPENSSL[word]], library, reason, code });
  }
  return new Error(
    word === 'refused' ? 'Trying to add data in unsupported state' : 'Unsupported state or unable to authenticate data',
  );
}

/** The largest message that CCM can take with a nonce of this length. */
function ccmLimit(ivLength) {
  if (ivLength === 12) return 2 ** 24 - 1;
  return ivLength === 13 ? 2 ** 16 - 1 : 2 ** 31 - 1;
}

function checkCcmLength(state, length) {
  if (state.info.native === 'ccm' && length > ccmLimit(state.ivLength)) {
    throw new nativeErrors.ERR_CRYPTO_INVALID_MESSAGELEN();
  }
}

function feed(self, data) {
  const state = stateOf(self);
  if (state.ended) throw new Error('Trying to add data in unsupported state');
  checkCcmLength(state, data.byteLength);
  const out = ops.crypto_cipher_update(nativeOf(self), data);
  if (typeof out === 'string') throw refusal(out);
  state.updated = true;
  return toBuffer(out);
}

function end(self) {
  const state = stateOf(self);
  if (state.ended) {
    const error = new Error('Invalid state');
    error.code = 'ERR_CRYPTO_INVALID_STATE';
    throw error;
  }
  state.ended = true;
  if (state.info.native === 'ccm' && state.encrypt && !state.updated) {
    throw require('internal/crypto/openssl_error').opensslError('error:1C800077:Provider routines::tag not set');
  }
  const out = ops.crypto_cipher_final(nativeOf(self));
  if (typeof out === 'string') throw refusal(out);
  return toBuffer(out);
}

/** The decoder of results; an object has one encoding for all of them. */
function decoderOf(self, encoding) {
  const proper = normalizeEncoding(encoding);
  if (self._decoder === null) {
    if (proper === undefined) throw new codes.ERR_UNKNOWN_ENCODING(encoding);
    self._decoder = new StringDecoder(encoding);
  } else if (self._decoder.encoding !== proper) {
    if (proper === undefined) throw new codes.ERR_UNKNOWN_ENCODING(encoding);
    throw new codes.ERR_INVALID_ARG_VALUE(
      'outputEncoding', encoding, `cannot be changed from '${self._decoder.encoding}'`,
    );
  }
  return self._decoder;
}

const methods = {
  _transform(chunk, encoding, callback) {
    let out;
    try {
      out = feed(this, typeof chunk === 'string' ? Buffer.from(chunk, encoding) : chunk);
    } catch (error) {
      callback(error);
      return;
    }
    this.push(out);
    callback();
  },

  _flush(callback) {
    try {
      this.push(end(this));
    } catch (error) {
      callback(error);
      return;
    }
    callback();
  },

  update(data, inputEncoding, outputEncoding) {
    if (typeof data === 'string') {
      validateEncoding(data, inputEncoding);
    } else if (!isView(data)) {
      throw new codes.ERR_INVALID_ARG_TYPE('data', ['string', 'Buffer', 'TypedArray', 'DataView'], data);
    }
    if (typeof data === 'string') {
      data = Buffer.from(data, normalizeEncoding(inputEncoding) === undefined ? 'utf8' : inputEncoding);
    }
    const out = feed(this, data);
    return outputEncoding && outputEncoding !== 'buffer' ? decoderOf(this, outputEncoding).write(out) : out;
  },

  final(outputEncoding) {
    const out = end(this);
    return outputEncoding && outputEncoding !== 'buffer' ? decoderOf(this, outputEncoding).end(out) : out;
  },

  setAutoPadding(on) {
    if (stateOf(this).ended) throw new codes.ERR_CRYPTO_INVALID_STATE('setAutoPadding');
    ops.crypto_cipher_padding(nativeOf(this), on === undefined ? true : Boolean(on));
    return this;
  },

  setAAD(buffer, options) {
    const encoding = typeof options?.encoding === 'string' ? options.encoding : undefined;
    const plaintextLength = unsignedOption(options, 'plaintextLength');
    const aad = toBytes(buffer, 'aadbuf', encoding);
    const state = stateOf(this);
    if (!state.isAuthenticated || state.ended || state.updated) throw new codes.ERR_CRYPTO_INVALID_STATE('setAAD');
    if (state.info.native === 'ccm') {
      if (plaintextLength === undefined) {
        const error = new TypeError('options.plaintextLength required for CCM mode with AAD');
        error.code = 'ERR_MISSING_ARGS';
        throw error;
      }
      checkCcmLength(state, plaintextLength);
    }
    ops.crypto_cipher_aad(nativeOf(this), aad, plaintextLength);
    return this;
  },
};

function Cipheriv(cipher, key, iv, options) {
  if (!(this instanceof Cipheriv)) return new Cipheriv(cipher, key, iv, options);
  setUp(this, cipher, key, options, true, iv);
}

function Decipheriv(cipher, key, iv, options) {
  if (!(this instanceof Decipheriv)) return new Decipheriv(cipher, key, iv, options);
  setUp(this, cipher, key, options, false, iv);
}

for (const Class of [Cipheriv, Decipheriv]) {
  Object.setPrototypeOf(Class.prototype, LazyTransform.prototype);
  Object.setPrototypeOf(Class, LazyTransform);
  Object.assign(Class.prototype, methods);
}

Cipheriv.prototype.getAuthTag = function getAuthTag() {
  const state = stateOf(this);
  const tag = state.isAuthenticated && state.ended ? ops.crypto_cipher_tag(nativeOf(this)) : undefined;
  if (tag === undefined) throw new codes.ERR_CRYPTO_INVALID_STATE('getAuthTag');
  return toBuffer(tag);
};

Decipheriv.prototype.setAuthTag = function setAuthTag(buffer, encoding) {
  const tag = toBytes(buffer, 'buffer', encoding);
  const state = stateOf(this);
  if (!state.isAuthenticated || state.ended || state.tagSet) throw new codes.ERR_CRYPTO_INVALID_STATE('setAuthTag');
  const { byteLength: length } = tag;
  const fits =
    state.tagLength === undefined ? state.info.native === 'gcm' && GCM_TAGS.has(length) : length === state.tagLength;
  if (!fits) throw invalidTag(length);
  if (state.tagLength === undefined && length !== 16) {
    require('internal/crypto/warn').warnOnce(
      'DEP0182',
      'Using AES-GCM authentication tags of less than 128 bits without specifying the authTagLength option ' +
        'when initializing decryption is deprecated.',
    );
  }
  state.tagSet = true;
  ops.crypto_cipher_set_tag(nativeOf(this), tag);
  return this;
};

function createCipheriv(cipher, key, iv, options) {
  return new Cipheriv(cipher, key, iv, options);
}

function createDecipheriv(cipher, key, iv, options) {
  return new Decipheriv(cipher, key, iv, options);
}

module.exports = { Cipheriv, Decipheriv, createCipheriv, createDecipheriv };
