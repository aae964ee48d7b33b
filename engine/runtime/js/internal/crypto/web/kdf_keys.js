'use strict';

// HKDF and PBKDF2 (https://w3c.github.io/webcrypto/#hkdf, #pbkdf2).

const { checkUsages, domError, operationError, runForBytes } = require('internal/crypto/web/operation');
const { cryptoKey, keyData } = require('internal/crypto/web/key');
const { digests } = require('internal/crypto/web/digest');

function importKey(format, given, { name }, extractable, usages) {
  if (format !== 'raw' && format !== 'raw-secret') {
    throw domError(`Unable to import ${name} using ${format} format`, 'NotSupportedError');
  }
  if (extractable) throw domError(`${name} keys are not extractable`, 'SyntaxError');
  checkUsages(usages, ['deriveKey', 'deriveBits'], `a ${name}`);
  return cryptoKey({ type: 'secret', bytes: new Uint8Array(given) }, { name }, false, usages);
}

async function deriveBits({ name, hash, salt, info, iterations }, key, length) {
  if (length === null) throw operationError('length cannot be null');
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
