'use strict';

// JSON Web Keys of `crypto.subtle` (https://w3c.github.io/webcrypto/#JsonWebKey-dictionary).

const { domError } = require('internal/crypto/web/operation');
const { DerError } = require('internal/crypto/key/der');

const invalid = (message) => domError(message, 'DataError');

/** Checks what a JWK says of itself against what the script wants. */
function check(jwk, kty, use, extractable, usages, alg = undefined) {
  if (typeof jwk !== 'object' || jwk === null || ArrayBuffer.isView(jwk) || jwk.kty === undefined) {
    throw invalid('Invalid keyData');
  }
  if (jwk.kty !== kty) throw invalid('Invalid JWK "kty" Parameter');
  if (usages.length > 0 && jwk.use !== undefined && jwk.use !== use) throw invalid('Invalid JWK "use" Parameter');
  if (jwk.key_ops !== undefined) {
    if (!Array.isArray(jwk.key_ops)) throw invalid('Invalid keyData');
    if (new Set(jwk.key_ops).size !== jwk.key_ops.length) throw invalid('Duplicate key operation');
    if (usages.some((usage) => !jwk.key_ops.includes(usage))) throw invalid('Key operations and usage mismatch');
  }
  if (jwk.ext !== undefined && jwk.ext === false && extractable) {
    throw invalid('JWK "ext" Parameter and extractable mismatch');
  }
  if (alg !== undefined && jwk.alg !== undefined && jwk.alg !== alg) {
    throw invalid('JWK "alg" does not match the requested algorithm');
  }
}

/** What a JWK or other form holds; what is wrong with it is told in the words of the standard. */
function reading(read) {
  try {
    return read();
  } catch (error) {
    if (error?.name === 'DataError') throw error;
    if (error instanceof DerError || error instanceof Error) throw domError('Invalid keyData', 'DataError', error);
    throw error;
  }
}

/** The JWK of a key, with what the script may do with it. */
function exported(key, data, alg = undefined) {
  const jwk = { key_ops: [...key.usages], ext: key.extractable };
  if (alg !== undefined) jwk.alg = alg;
  return Object.assign(jwk, require('internal/crypto/key/jwk').write(data));
}

module.exports = { check, exported, invalid, reading };
