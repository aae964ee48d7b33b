'use strict';

// HKDF and PBKDF2 (https://w3c.github.io/webcrypto/#hkdf, #pbkdf2).

const { checkUsages, domError, operationError, runForBytes } = require('internal/crypto/web/operation');
const { cryptoKey, keyData } = require('internal/crypto/web/key');
const { digests } = require('internal/crypto/web/digest');

function importKey(format, given, { name }, extractable, usages) {
  if (format !== 'raw-secret' && (format !== 'raw' || name.startsWith('Argon2'))) {
    throw domError(`Unable to import ${name} using ${format} format`, 'NotSupportedError');
  }
  if (extractable) throw domError(`${name} keys are not extractable`, 'SyntaxError');
  checkUsages(usages, ['deriveKey', 'deriveBits'], `a ${name}`);
  return cryptoKey({ type: 'secret', bytes: new Uint8Array(given) }, { name }, false, usages);
}

async function argon2(algorithm, key, length) {
  const { name, nonce, secretValue, associatedData, parallelism, memory, passes, version = 0x13 } = algorithm;
  if (version !== 0x13) throw operationError(`${version} is not a valid Argon2 version`);
  if (parallelism === 0 || parallelism >= 2 ** 24) throw operationError('parallelism must be > 0 and < 16777215');
  if (memory < 8 * parallelism) throw operationError('memory must be at least 8 times the degree of parallelism');
  if (passes === 0) throw operationError('passes must be > 0');
  if (length % 8 !== 0) throw operationError('length must be a multiple of 8');
  if (length < 32) throw operationError('length must be >= 32');
  const nothing = new Uint8Array(0);
  return runForBytes((callback) =>
    ops.crypto_argon2(
      name.toLowerCase(), keyData(key).bytes, nonce, secretValue ?? nothing, associatedData ?? nothing, parallelism,
      memory, passes, length / 8, callback,
    ));
}

async function deriveBits(algorithm, key, length) {
  const { name, hash, salt, info, iterations } = algorithm;
  if (length === null) throw operationError('length cannot be null');
  if (name.startsWith('Argon2')) return argon2(algorithm, key, length);
  if (length % 8 !== 0) throw operationError('length must be a multiple of 8');
  if (name === 'PBKDF2' && iterations === 0) throw operationError('iterations cannot be zero');
  if (length === 0) return new ArrayBuffer(0);
  const digest = digests[hash.name];
  const { bytes } = keyData(key);
  return runForBytes((callback) =>
    name === 'PBKDF2'
      ? ops.crypto_pbkdf2(bytes, salt, iterations, length / 8, digest, callback)
      : ops.crypto_hkdf(digest, bytes, salt, info, length / 8, callback));
}

module.exports = { deriveBits, importKey };
