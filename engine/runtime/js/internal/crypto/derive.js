'use strict';

// Keys out of passwords and secrets (https://nodejs.org/api/crypto.html). With a callback they work on the pool.

const { codes } = require('internal/errors');
const nativeErrors = require('internal/crypto/native_errors');
const {
  validateFunction, validateInt32, validateInteger, validateObject, validateOneOf, validateString, validateUint32,
} = require('internal/validators');
const { isAnyArrayBuffer } = require('internal/buffer/base');
const { toArrayBuffer, toBuffer, toBytes } = require('internal/crypto/util');
const { sizeOf } = require('internal/crypto/hash');

const { isView } = ArrayBuffer;

const SCRYPT_DEFAULTS = { N: 16384, r: 8, p: 1, maxmem: 32 * 1024 * 1024 };
const SCRYPT_NAMES = [['N', 'cost'], ['r', 'blockSize'], ['p', 'parallelization']];
const MAX_INFO = 1024;

function checkDigest(digest) {
  const size = sizeOf(digest);
  if (!(size > 0)) throw new nativeErrors.ERR_CRYPTO_INVALID_DIGEST(digest);
  return size;
}

/** The callback for an op whose bytes the script gets in another form. */
function converted(callback, convert, failed) {
  const done = (error, bytes) => {
    if (error) callback(error);
    else if (bytes === null) callback(failed());
    else callback(null, convert(bytes));
  };
  return require('internal/fs/callbacks').marked(done, callback);
}

const operationFailed = () => new nativeErrors.ERR_CRYPTO_OPERATION_FAILED('Deriving bits failed');

function finished(bytes, convert, failed = operationFailed) {
  if (bytes === null) throw failed();
  return convert(bytes);
}

function checkPbkdf2(password, salt, iterations, keylen, digest) {
  validateString(digest, 'digest');
  password = toBytes(password, 'password');
  salt = toBytes(salt, 'salt');
  validateInt32(iterations, 'iterations', 1);
  validateInt32(keylen, 'keylen', 0);
  return [password, salt, iterations, keylen, digest];
}

function pbkdf2(password, salt, iterations, keylen, digest, callback) {
  if (typeof digest === 'function') {
    callback = digest;
    digest = undefined;
  }
  const given = checkPbkdf2(password, salt, iterations, keylen, digest);
  validateFunction(callback, 'callback');
  checkDigest(digest);
  ops.crypto_pbkdf2(...given, converted(callback, toBuffer, operationFailed));
}

function pbkdf2Sync(password, salt, iterations, keylen, digest) {
  const given = checkPbkdf2(password, salt, iterations, keylen, digest);
  checkDigest(digest);
  return toBuffer(ops.crypto_pbkdf2(...given, undefined));
}

function scryptOptions(options) {
  const found = { ...SCRYPT_DEFAULTS };
  for (const [short, long] of SCRYPT_NAMES) {
    const value = options[short];
    if (value !== undefined) {
      validateUint32(value, short);
      found[short] = value;
    }
    const other = options[long];
    if (other !== undefined) {
      if (value !== undefined) throw new codes.ERR_INCOMPATIBLE_OPTION_PAIR(short, long);
      validateUint32(other, long);
      found[short] = other;
    }
  }
  const { maxmem } = options;
  if (maxmem !== undefined) {
    validateInteger(maxmem, 'maxmem', 0);
    found.maxmem = maxmem;
  }
  return found;
}

function checkScrypt(password, salt, keylen, options) {
  password = toBytes(password, 'password');
  salt = toBytes(salt, 'salt');
  validateInt32(keylen, 'keylen', 0);
  let found = SCRYPT_DEFAULTS;
  if (options !== undefined && options !== SCRYPT_DEFAULTS) {
    validateObject(options, 'options');
    found = scryptOptions(options);
  }
  // A value of 0 stands for the default.
  const N = found.N || SCRYPT_DEFAULTS.N;
  const r = found.r || SCRYPT_DEFAULTS.r;
  const p = found.p || SCRYPT_DEFAULTS.p;
  const maxmem = found.maxmem || SCRYPT_DEFAULTS.maxmem;
  const log = Math.log2(N);
  if (N < 2 || !Number.isInteger(log)) throw new nativeErrors.ERR_CRYPTO_INVALID_SCRYPT_PARAMS();
  const isTooLarge = p > (2 ** 30 - 1) / r || 16 * r <= log;
  // Two blocks beside the table of N, and one for each lane.
  if (isTooLarge || 128 * r * (N + 2) + 128 * r * p > maxmem) {
    throw new nativeErrors.ERR_CRYPTO_INVALID_SCRYPT_PARAMS(
      'error:030000AC:digital envelope routines::memory limit exceeded',
    );
  }
  return [password, salt, log, r, p, keylen];
}

const scryptFailed = () => new nativeErrors.ERR_CRYPTO_INVALID_SCRYPT_PARAMS();

function scrypt(password, salt, keylen, options, callback = SCRYPT_DEFAULTS) {
  if (callback === SCRYPT_DEFAULTS) {
    callback = options;
    options = SCRYPT_DEFAULTS;
  }
  const given = checkScrypt(password, salt, keylen, options);
  validateFunction(callback, 'callback');
  ops.crypto_scrypt(...given, converted(callback, toBuffer, scryptFailed));
}

function scryptSync(password, salt, keylen, options = SCRYPT_DEFAULTS) {
  return finished(
    ops.crypto_scrypt(...checkScrypt(password, salt, keylen, options), undefined), toBuffer, scryptFailed,
  );
}

function checkHkdf(digest, ikm, salt, info, length) {
  validateString(digest, 'digest');
  const key = require('internal/crypto/secret').secretBytes(ikm, 'ikm');
  salt = toBytes(salt, 'salt');
  info = toBytes(info, 'info');
  validateInteger(length, 'length', 0, require('buffer').kMaxLength);
  if (info.byteLength > MAX_INFO) {
    throw new codes.ERR_OUT_OF_RANGE('info', `must not contain more than ${MAX_INFO} bytes`, info.byteLength);
  }
  return [digest, key, salt, info, length];
}

function checkHkdfLength(digest, length) {
  if (length > 255 * checkDigest(digest)) throw new nativeErrors.ERR_CRYPTO_INVALID_KEYLEN();
}

function hkdf(digest, ikm, salt, info, length, callback) {
  const given = checkHkdf(digest, ikm, salt, info, length);
  validateFunction(callback, 'callback');
  checkHkdfLength(digest, length);
  ops.crypto_hkdf(...given, converted(callback, toArrayBuffer, operationFailed));
}

function hkdfSync(digest, ikm, salt, info, length) {
  const given = checkHkdf(digest, ikm, salt, info, length);
  checkHkdfLength(digest, length);
  return finished(ops.crypto_hkdf(...given, undefined), toArrayBuffer);
}

const ARGON2 = ['argon2d', 'argon2i', 'argon2id'];

/** Bytes of a parameter; as an optional one it may be missing. */
function parameter(parameters, name, optional) {
  const value = parameters[name];
  if (optional && value === undefined) return new Uint8Array(0);
  if (typeof value === 'string') return Buffer.from(value);
  if (isView(value)) return value;
  if (isAnyArrayBuffer(value)) return new Uint8Array(value);
  const expected = ['string', 'ArrayBuffer', 'Buffer', 'TypedArray', 'DataView'];
  throw new codes.ERR_INVALID_ARG_TYPE(`parameters.${name}`, expected, value);
}

function checkArgon2(algorithm, parameters) {
  validateString(algorithm, 'algorithm');
  validateOneOf(algorithm, 'algorithm', ARGON2);
  validateObject(parameters, 'parameters');
  const message = parameter(parameters, 'message');
  const nonce = parameter(parameters, 'nonce');
  validateInteger(nonce.byteLength, 'parameters.nonce.byteLength', 8, 2 ** 32 - 1);
  const { parallelism, tagLength, memory, passes } = parameters;
  validateInteger(parallelism, 'parameters.parallelism', 1, 2 ** 24 - 1);
  validateInteger(tagLength, 'parameters.tagLength', 4, 2 ** 32 - 1);
  validateInteger(memory, 'parameters.memory', 8 * parallelism, 2 ** 32 - 1);
  validateInteger(passes, 'parameters.passes', 1, 2 ** 32 - 1);
  const secret = parameter(parameters, 'secret', true);
  const associatedData = parameter(parameters, 'associatedData', true);
  return [algorithm, message, nonce, secret, associatedData, parallelism, memory, passes, tagLength];
}

const argon2Failed = () => new nativeErrors.ERR_CRYPTO_OPERATION_FAILED('Argon2 failed');

function argon2(algorithm, parameters, callback) {
  const given = checkArgon2(algorithm, parameters);
  validateFunction(callback, 'callback');
  ops.crypto_argon2(...given, converted(callback, toBuffer, argon2Failed));
}

function argon2Sync(algorithm, parameters) {
  return finished(ops.crypto_argon2(...checkArgon2(algorithm, parameters), undefined), toBuffer, argon2Failed);
}

module.exports = { argon2, argon2Sync, checkDigest, hkdf, hkdfSync, pbkdf2, pbkdf2Sync, scrypt, scryptSync };
