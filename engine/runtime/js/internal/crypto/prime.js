'use strict';

// Primes (https://nodejs.org/api/crypto.html#cryptogenerateprimesize-options-callback).

const { Buffer } = require('buffer');
const { codes } = require('internal/errors');
const nativeErrors = require('internal/crypto/native_errors');
const { isAnyArrayBuffer } = require('internal/buffer/base');
const {
  validateBoolean, validateFunction, validateInt32, validateInteger, validateObject,
} = require('internal/validators');
const { digitsToBigInt } = require('internal/crypto/key/data');
const { toArrayBuffer, toView } = require('internal/crypto/util');
const { opensslError } = require('internal/crypto/openssl_error');

const { isView } = ArrayBuffer;
/** OpenSSL's limit for a number. */
const MAX_BYTES = 2 ** 26;
const FORMS = ['ArrayBuffer', 'TypedArray', 'Buffer', 'DataView', 'bigint'];

function digits(value, name) {
  if (typeof value === 'bigint') {
    if (value < 0) throw new codes.ERR_OUT_OF_RANGE(name, '>= 0', value);
    const text = value.toString(16);
    return Buffer.from(text.padStart(text.length + (text.length % 2), '0'), 'hex');
  }
  if (!isAnyArrayBuffer(value) && !isView(value)) throw new codes.ERR_INVALID_ARG_TYPE(name, FORMS, value);
  const view = toView(value);
  return Buffer.from(view.buffer, view.byteOffset, view.byteLength);
}

function invalid(name) {
  const error = new RangeError(`invalid options.${name}`);
  error.code = 'ERR_OUT_OF_RANGE';
  return error;
}

function primeRequest(size, options) {
  validateInt32(size, 'size', 1);
  validateObject(options, 'options');
  const { safe = false, bigint = false, add, rem } = options;
  validateBoolean(safe, 'options.safe');
  validateBoolean(bigint, 'options.bigint');
  const step = add === undefined ? undefined : digits(add, 'options.add');
  const rest = rem === undefined ? undefined : digits(rem, 'options.rem');
  if (step !== undefined) {
    const number = digitsToBigInt(step);
    if (number === 0n || number.toString(2).length > size) throw invalid('add');
    if (rest !== undefined && number <= digitsToBigInt(rest)) throw invalid('rem');
  }
  if (size < (safe ? 3 : 2)) throw opensslError('error:01800076:bignum routines::bits too small');
  const finish = (bytes) => {
    if (bytes === null) throw new nativeErrors.ERR_CRYPTO_OPERATION_FAILED('No prime was found');
    if (bigint) return digitsToBigInt(bytes);
    const out = Buffer.alloc(Math.ceil(size / 8));
    Buffer.from(bytes).copy(out, out.length - bytes.length);
    return toArrayBuffer(new Uint8Array(out));
  };
  return [[size, safe, step, rest], finish];
}

function generatePrime(size, options, callback) {
  if (typeof options === 'function') {
    callback = options;
    options = {};
  }
  validateFunction(callback, 'callback');
  const [given, finish] = primeRequest(size, options);
  const done = (error, bytes) => {
    let prime;
    try {
      if (error) throw error;
      prime = finish(bytes);
    } catch (failed) {
      callback(failed);
      return;
    }
    callback(undefined, prime);
  };
  ops.crypto_prime_generate(...given, require('internal/fs/callbacks').marked(done, callback));
}

function generatePrimeSync(size, options = {}) {
  const [given, finish] = primeRequest(size, options);
  return finish(ops.crypto_prime_generate(...given, undefined));
}

function candidateOf(candidate, options) {
  if (typeof candidate !== 'bigint' && !isAnyArrayBuffer(candidate) && !isView(candidate)) {
    throw new codes.ERR_INVALID_ARG_TYPE('candidate', FORMS, candidate);
  }
  validateObject(options, 'options');
  const { checks = 0 } = options;
  // How often to try is the business of the test used here; it needs no chance.
  validateInteger(checks, 'options.checks', 0, 2 ** 31 - 1);
  const found = digits(candidate, 'candidate');
  if (found.length >= MAX_BYTES) throw opensslError('error:01800072:bignum routines::bignum too long');
  return found;
}

function checkPrime(candidate, options = {}, callback) {
  if (typeof options === 'function') {
    callback = options;
    options = {};
  }
  const given = candidateOf(candidate, options);
  validateFunction(callback, 'callback');
  const done = (error, isPrime) => (error ? callback(error) : callback(undefined, isPrime));
  ops.crypto_prime_check(given, require('internal/fs/callbacks').marked(done, callback));
}

function checkPrimeSync(candidate, options = {}) {
  return ops.crypto_prime_check(candidateOf(candidate, options), undefined);
}

module.exports = { checkPrime, checkPrimeSync, generatePrime, generatePrimeSync };
