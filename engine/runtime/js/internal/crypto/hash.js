'use strict';

// Digests and HMAC (https://nodejs.org/api/crypto.html#class-hash).

const { Buffer } = require('buffer');
const { codes } = require('internal/errors');
const nativeErrors = require('internal/crypto/native_errors');
const { validateEncoding, validateString, validateUint32 } = require('internal/validators');
const { LazyTransform } = require('internal/crypto/lazy_transform');
const { encode, isText, kHandle, toBuffer } = require('internal/crypto/util');
const { encodingNumber, UTF8 } = require('internal/buffer/encodings');

const { isView } = ArrayBuffer;

const DATA = ['string', 'Buffer', 'TypedArray', 'DataView'];
const kState = Symbol('kState');
const kFinalized = Symbol('kFinalized');
// Longer texts are digested as they come.
const LONGEST_KEPT = 1024;

/**
 * What stands under `kHandle`: the native state, and how long the digest will be. A hash has no native state before it
 * needs one: most digest one text, which is done in one go.
 */
class Handle {
  #native;
  #algorithm;
  #text;
  #size;
  #digest;
  #hex;

  constructor(native, algorithm, size) {
    this.#native = native;
    this.#algorithm = algorithm;
    this.#size = size;
  }

  static native(handle) {
    if (handle.#native === undefined) {
      handle.#native = ops.crypto_hash_new(handle.#algorithm);
      if (handle.#text !== undefined) ops.crypto_hash_update(handle.#native, handle.#text);
      handle.#text = undefined;
    }
    return handle.#native;
  }

  /** Takes in a text, in UTF-8. */
  static text(handle, text) {
    if (handle.#native === undefined && handle.#text === undefined && text.length <= LONGEST_KEPT) handle.#text = text;
    else ops.crypto_hash_update(Handle.native(handle), text);
  }

  static #finish(handle, length, isHex) {
    if (handle.#native !== undefined) return ops.crypto_hash_digest(handle.#native, length, isHex);
    const text = handle.#text ?? '';
    handle.#text = undefined;
    return ops.crypto_hash_once(handle.#algorithm, text, length, isHex);
  }

  static size(handle) {
    return handle.#size;
  }

  /** The digest; who used the object as a stream may ask for it once more. */
  static digest(handle, length) {
    if (handle.#digest === undefined) {
      if (handle.#hex === undefined) handle.#digest = Handle.#finish(handle, length, false);
      else handle.#digest = new Uint8Array(Buffer.from(handle.#hex, 'hex'));
    }
    return handle.#digest;
  }

  /** The digest as hexadecimal text. */
  static hex(handle, length) {
    if (handle.#digest !== undefined) return encode(handle.#digest, 'hex');
    handle.#hex ??= Handle.#finish(handle, length, true);
    return handle.#hex;
  }
}

const handleOfHash = class Hash extends Handle {};
const handleOfHmac = class Hmac extends Handle {};

/** Usual length of a digest by name, negative if any is possible; asked once for each. */
const sizes = new Map();

function sizeOf(algorithm) {
  let size = sizes.get(algorithm);
  if (size === undefined) {
    size = ops.crypto_hash_size(algorithm) ?? NaN;
    if (sizes.size < 256) sizes.set(algorithm, size);
  }
  return size;
}

function warnOfLength() {
  require('internal/crypto/warn').warnOnce(
    'DEP0198',
    'Creating SHAKE128/256 digests without an explicit options.outputLength is deprecated.',
  );
}

/** The length a digest will have; throws for one that the function cannot give. */
function outputSize(size, wanted) {
  const usual = Math.abs(size);
  if (wanted === undefined) return usual;
  if (size > 0 && wanted !== usual && !(wanted === 0)) {
    throw require('internal/crypto/openssl_error').opensslError(
      'error:030000B2:digital envelope routines::not XOF or invalid length',
    );
  }
  return size > 0 ? usual : wanted;
}

/** Feeds text or bytes. */
function feed(handle, data, encoding) {
  if (typeof data === 'string') {
    const number = encodingNumber(encoding);
    if (number === undefined || number === UTF8) {
      Handle.text(handle, data);
      return;
    }
    data = Buffer.from(data, encoding);
  }
  ops.crypto_hash_update(Handle.native(handle), data);
}

function transform(chunk, encoding, callback) {
  feed(this[kHandle], chunk, encoding);
  callback();
}

function checkData(data, encoding) {
  if (typeof data === 'string') validateEncoding(data, encoding);
  else if (!isView(data)) throw new codes.ERR_INVALID_ARG_TYPE('data', DATA, data);
}

function Hash(algorithm, options) {
  if (!(this instanceof Hash)) return new Hash(algorithm, options);
  const isCopy = typeof algorithm !== 'string' && algorithm instanceof handleOfHash;
  if (!isCopy) validateString(algorithm, 'algorithm');
  const length = typeof options === 'object' && options !== null ? options.outputLength : undefined;
  if (length !== undefined) validateUint32(length, 'options.outputLength');
  if (isCopy) {
    const size = Handle.size(algorithm);
    const wanted = outputSize(size, length);
    this[kHandle] = new handleOfHash(ops.crypto_hash_copy(Handle.native(algorithm)), undefined, size);
    this[kState] = { [kFinalized]: false };
    lengths.set(this, wanted);
  } else {
    let size = sizeOf(algorithm);
    if (Number.isNaN(size)) {
      algorithm = require('internal/crypto/legacy').legacyName(algorithm);
      if (algorithm === undefined) throw new Error('Digest method not supported');
      size = sizeOf(algorithm);
    }
    if (size < 0 && length === undefined) warnOfLength();
    const wanted = outputSize(size, length);
    this[kHandle] = new handleOfHash(undefined, algorithm, size);
    this[kState] = { [kFinalized]: false };
    // Most digests have their usual length.
    if (wanted !== size) lengths.set(this, wanted);
  }
  Reflect.apply(LazyTransform, this, [options]);
}
Object.setPrototypeOf(Hash.prototype, LazyTransform.prototype);
Object.setPrototypeOf(Hash, LazyTransform);

/** Digests of another length than usual. */
const lengths = new WeakMap();

function lengthOf(hash) {
  return lengths.get(hash) ?? Handle.size(hash[kHandle]);
}

Hash.prototype.copy = function copy(options) {
  if (this[kState][kFinalized]) throw new codes.ERR_CRYPTO_HASH_FINALIZED();
  return new Hash(this[kHandle], options);
};

Hash.prototype._transform = transform;

Hash.prototype._flush = function _flush(callback) {
  this.push(toBuffer(Handle.digest(this[kHandle], lengthOf(this))));
  callback();
};

Hash.prototype.update = function update(data, encoding) {
  if (this[kState][kFinalized]) throw new codes.ERR_CRYPTO_HASH_FINALIZED();
  checkData(data, encoding);
  feed(this[kHandle], data, encoding);
  return this;
};

Hash.prototype.digest = function digest(outputEncoding) {
  if (this[kState][kFinalized]) throw new codes.ERR_CRYPTO_HASH_FINALIZED();
  // An object may say by its `toString` which encoding it is.
  if (outputEncoding !== undefined && typeof outputEncoding !== 'string') outputEncoding = `${outputEncoding}`;
  const handle = this[kHandle];
  const length = lengthOf(this);
  const digested = outputEncoding === 'hex' ? Handle.hex(handle, length) : encode(Handle.digest(handle, length), outputEncoding);
  this[kState][kFinalized] = true;
  return digested;
};

function Hmac(algorithm, key, options) {
  if (!(this instanceof Hmac)) return new Hmac(algorithm, key, options);
  validateString(algorithm, 'hmac');
  const encoding = typeof options?.encoding === 'string' ? options.encoding : undefined;
  const secret = require('internal/crypto/secret').secretBytes(key, 'key', encoding);
  let size = sizeOf(algorithm);
  if (Number.isNaN(size)) {
    const legacy = require('internal/crypto/legacy').legacyName(algorithm, []);
    if (legacy === undefined) throw new nativeErrors.ERR_CRYPTO_INVALID_DIGEST(algorithm);
    algorithm = legacy;
    size = sizeOf(algorithm);
  }
  if (size < 0) throw new Error('error:00000000:lib(0)::reason(0)');
  this[kHandle] = new handleOfHmac(ops.crypto_hmac_new(algorithm, secret), undefined, size);
  this[kState] = { [kFinalized]: false };
  Reflect.apply(LazyTransform, this, [options]);
}
Object.setPrototypeOf(Hmac.prototype, LazyTransform.prototype);
Object.setPrototypeOf(Hmac, LazyTransform);

Hmac.prototype.update = Hash.prototype.update;

Hmac.prototype.digest = function digest(outputEncoding) {
  const state = this[kState];
  if (outputEncoding !== undefined && typeof outputEncoding !== 'string') outputEncoding = `${outputEncoding}`;
  if (state[kFinalized]) {
    return isText(outputEncoding) ? '' : Buffer.from('');
  }
  state[kFinalized] = true;
  const native = Handle.native(this[kHandle]);
  if (outputEncoding === 'hex') return ops.crypto_hash_digest(native, 0, true);
  return encode(ops.crypto_hash_digest(native, 0, false), outputEncoding);
};

Hmac.prototype._flush = function _flush(callback) {
  this.push(this.digest());
  callback();
};
Hmac.prototype._transform = transform;

function createHash(algorithm, options) {
  return new Hash(algorithm, options);
}

function createHmac(hmac, key, options) {
  return new Hmac(hmac, key, options);
}

/** `crypto.hash`: the digest of data that is there as a whole. */
function hash(algorithm, input, options) {
  validateString(algorithm, 'algorithm');
  if (typeof input !== 'string' && !isView(input)) throw new codes.ERR_INVALID_ARG_TYPE('input', DATA, input);
  let outputEncoding = 'hex';
  let outputLength;
  if (typeof options === 'string') {
    outputEncoding = options;
  } else if (options !== undefined) {
    require('internal/validators').validateObject(options, 'options');
    outputEncoding = options.outputEncoding ?? 'hex';
    ({ outputLength } = options);
  }
  validateString(outputEncoding, 'outputEncoding');
  if (outputLength !== undefined) validateUint32(outputLength, 'outputLength');
  if (outputEncoding !== 'buffer' && encodingNumber(outputEncoding) === undefined) {
    throw new codes.ERR_INVALID_ARG_VALUE('outputEncoding', outputEncoding);
  }
  let size = sizeOf(algorithm);
  if (Number.isNaN(size)) {
    const legacy = require('internal/crypto/legacy').legacyName(algorithm);
    if (legacy === undefined) throw new Error(`Digest method ${algorithm} is not supported`);
    algorithm = legacy;
    size = sizeOf(algorithm);
  }
  if (size < 0 && outputLength === undefined) warnOfLength();
  if (size > 0 && outputLength !== undefined && outputLength !== size) {
    throw new Error(`Output length ${outputLength} is invalid for ${algorithm}, which does not support XOF`);
  }
  const length = outputSize(size, outputLength);
  if (outputEncoding === 'hex') return ops.crypto_hash_once(algorithm, input, length, true);
  return encode(ops.crypto_hash_once(algorithm, input, length, false), outputEncoding);
}

function getHashes() {
  return require('internal/crypto/legacy').withLegacy(require('internal/crypto/hash_names').slice());
}

module.exports = { Hash, Hmac, createHash, createHmac, getHashes, hash, sizeOf };
