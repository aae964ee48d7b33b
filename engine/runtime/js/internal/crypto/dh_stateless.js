'use strict';

// Key agreement between two key objects (https://nodejs.org/api/crypto.html#cryptodiffiehellmanoptions-callback).

const { Buffer } = require('buffer');
const { codes } = require('internal/errors');
const { validateFunction, validateObject } = require('internal/validators');
const { padded, trimmed } = require('internal/crypto/key/data');
const { toBuffer } = require('internal/crypto/util');

function incompatible(left, right) {
  const error = new codes.ERR_CRYPTO_INCOMPATIBLE_KEY('', '');
  error.message = `Incompatible key types for Diffie-Hellman: ${left} and ${right}`;
  return error;
}

function differentParameters() {
  return require('internal/crypto/openssl_error').opensslError(
    'error:1C8000CB:Provider routines::mismatching domain parameters',
  );
}

function failed() {
  return require('internal/crypto/openssl_error').opensslError(
    'error:1C8000CD:Provider routines::failed during derivation',
  );
}

const same = (left, right) => Buffer.compare(trimmed(left), trimmed(right)) === 0;

/** The op for two keys, without its callback. */
function plan(secret, open) {
  switch (secret.kind) {
    case 'ec':
      if (secret.curve !== open.curve) throw differentParameters();
      return (callback) => ops.crypto_agree(secret.curve.name, secret.parts[0], open.parts[0], callback);
    case 'x25519':
    case 'x448':
      return (callback) => ops.crypto_agree(secret.kind, secret.parts[0], open.parts[0], callback);
    case 'dh': {
      const [p, g] = secret.parts;
      if (!same(p, open.parts[0]) || !same(g, open.parts[1])) throw differentParameters();
      return (callback) => ops.crypto_power(open.parts[2], secret.parts[3], p, callback);
    }
    default:
      throw require('internal/crypto/openssl_error').opensslError(
        'error:03000096:digital envelope routines::operation not supported for this keytype',
      );
  }
}

function finish(secret, bytes) {
  if (bytes === null) throw failed();
  return secret.kind === 'dh' ? padded(toBuffer(bytes), secret.parts[0].length) : toBuffer(bytes);
}

function diffieHellman(options, callback) {
  validateObject(options, 'options');
  if (callback !== undefined) validateFunction(callback, 'callback');
  const { privateKey, publicKey } = options;
  if (privateKey === undefined || privateKey === null) {
    throw new codes.ERR_INVALID_ARG_VALUE('options.privateKey', privateKey);
  }
  if (publicKey === undefined || publicKey === null) {
    throw new codes.ERR_INVALID_ARG_VALUE('options.publicKey', publicKey);
  }
  const input = require('internal/crypto/key/input');
  const open = input.publicKey(publicKey, 'options.publicKey');
  const secret = input.privateKey(privateKey, 'options.privateKey');
  if (secret.kind !== open.kind) throw incompatible(secret.kind, open.kind);
  let start;
  try {
    start = plan(secret, open);
  } catch (error) {
    if (callback === undefined) throw error;
    process.nextTick(callback, error);
    return undefined;
  }
  if (callback === undefined) return finish(secret, start(undefined));
  const done = (error, bytes) => {
    let shared;
    try {
      if (error) throw error;
      shared = finish(secret, bytes);
    } catch (problem) {
      callback(problem);
      return;
    }
    callback(null, shared);
  };
  start(require('internal/fs/callbacks').marked(done, callback));
  return undefined;
}

module.exports = { diffieHellman };
