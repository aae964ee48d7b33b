'use strict';

// `SubtleCrypto.supports` (https://wicg.github.io/webcrypto-modern-algos/#SubtleCrypto-method-supports).

const { normalize, operations } = require('internal/crypto/web/normalize');

function fits(algorithm, operation) {
  try {
    return normalize(algorithm, operation, true);
  } catch {
    return undefined;
  }
}

function supports(operation, algorithm, lengthOrAlgorithm) {
  const op = `${operation}`;
  if (op === 'deriveKey') {
    return fits(algorithm, 'deriveBits') !== undefined && fits(lengthOrAlgorithm, 'get key length') !== undefined;
  }
  if (op === 'wrapKey' || op === 'unwrapKey') {
    return (fits(algorithm, op) ?? fits(algorithm, op === 'wrapKey' ? 'encrypt' : 'decrypt')) !== undefined;
  }
  if (op === 'getPublicKey') {
    const found = fits(algorithm, 'exportKey');
    return found !== undefined && /^(RSA|EC|Ed|X)/.test(found.name);
  }
  return op in operations && op !== 'get key length' && fits(algorithm, op) !== undefined;
}

module.exports = { supports };
