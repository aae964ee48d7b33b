'use strict';

// Secrets for the owner of a key (https://nodejs.org/api/crypto.html#cryptoencapsulatekey-callback): with ML-KEM, and
// with RSA as in RFC 5990.

const { Buffer } = require('buffer');
const nativeErrors = require('internal/crypto/native_errors');
const { validateFunction } = require('internal/validators');
const { toBuffer, toBytes, viewed } = require('internal/crypto/util');

const PUBLIC_ENCRYPT = 0;
const PRIVATE_DECRYPT = 1;

const isKem = (kind) => kind.startsWith('ml-kem');

/** A random number below the modulus, and what RSA makes of it. */
function encapsulateRsa({ parts }) {
  const number = Buffer.alloc(parts[0].length);
  for (;;) {
    ops.crypto_random_fill(number);
    const sealed = ops.crypto_rsa(PUBLIC_ENCRYPT, 'none', '', '', '', parts, number, undefined);
    // Larger numbers than the modulus are refused.
    if (typeof sealed !== 'string') return [number, sealed];
  }
}

function decapsulateRsa({ parts }, sealed) {
  if (sealed.length !== parts[0].length) return null;
  const number = ops.crypto_rsa(PRIVATE_DECRYPT, 'none', '', '', '', parts, sealed, undefined);
  return typeof number === 'string' ? null : number;
}

/** Runs `start` now or with a callback, and makes the result of what it gives. */
function run(start, finish, callback) {
  if (callback === undefined) return finish(start(undefined));
  const done = (error, value) => {
    let result;
    try {
      if (error) throw error;
      result = finish(value);
    } catch (failed) {
      callback(failed);
      return;
    }
    callback(null, result);
  };
  start(require('internal/fs/callbacks').marked(done, callback));
  return undefined;
}

/** What is known at once, told as an op tells it. */
function known(value, callback) {
  if (callback === undefined) return value;
  process.nextTick(callback, null, value);
  return undefined;
}

function encapsulate(key, callback) {
  if (callback !== undefined) validateFunction(callback, 'callback');
  const data = require('internal/crypto/key/input').publicKey(key);
  const start = (done) => {
    if (isKem(data.kind)) return ops.crypto_encapsulate(data.kind, data.parts[0], done);
    return known(data.kind === 'rsa' ? encapsulateRsa(data) : null, done);
  };
  const finish = (value) => {
    if (value === null) throw new nativeErrors.ERR_CRYPTO_OPERATION_FAILED('Encapsulation failed');
    return { sharedKey: toBuffer(value[0]), ciphertext: toBuffer(value[1]) };
  };
  return run(start, finish, callback);
}

function decapsulate(key, ciphertext, callback) {
  if (callback !== undefined) validateFunction(callback, 'callback');
  const data = require('internal/crypto/key/input').privateKey(key);
  const sealed = viewed(toBytes(ciphertext, 'ciphertext'));
  const start = (done) => {
    if (isKem(data.kind)) return ops.crypto_decapsulate(data.kind, data.parts[0], sealed, done);
    return known(data.kind === 'rsa' ? decapsulateRsa(data, sealed) : null, done);
  };
  const finish = (value) => {
    if (value === null) throw new nativeErrors.ERR_CRYPTO_OPERATION_FAILED('Decapsulation failed');
    return toBuffer(value);
  };
  return run(start, finish, callback);
}

module.exports = { decapsulate, encapsulate };
