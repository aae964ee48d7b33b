'use strict';

// Digests of `crypto.subtle` (https://w3c.github.io/webcrypto/#SubtleCrypto-method-digest).

const { DOMException } = require('internal/dom_exception');
const { copied, toArrayBuffer, toBytesOnly } = require('internal/crypto/util');

/** Name in upper case → [proper name, name of the digest]. */
const digests = {
  __proto__: null,
  'SHA-1': 'sha1',
  'SHA-256': 'sha256',
  'SHA-384': 'sha384',
  'SHA-512': 'sha512',
  'SHA3-256': 'sha3-256',
  'SHA3-384': 'sha3-384',
  'SHA3-512': 'sha3-512',
};

/** The digest's proper name for an algorithm identifier. */
function digestName(algorithm) {
  const name = typeof algorithm === 'string' ? algorithm : `${algorithm?.name}`;
  const upper = name.toUpperCase();
  if (digests[upper] === undefined) throw new DOMException('Unrecognized algorithm name', 'NotSupportedError');
  return upper;
}

function digest(algorithm, data) {
  const name = digestName(algorithm);
  const bytes = copied(toBytesOnly(data, 'data'));
  return new Promise((resolve, reject) => {
    ops.crypto_digest(digests[name], bytes, 0, (error, value) => {
      if (error) reject(new DOMException('The operation failed', { name: 'OperationError', cause: error }));
      else resolve(toArrayBuffer(value));
    });
  });
}

module.exports = { digest, digestName, digests };
