'use strict';

// Digests of `crypto.subtle` (https://w3c.github.io/webcrypto/#SubtleCrypto-method-digest).

const { runForBytes } = require('internal/crypto/web/operation');

/** Name → name of the digest. */
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

function digest({ name }, bytes) {
  return runForBytes((callback) => ops.crypto_digest(digests[name], bytes, 0, callback));
}

module.exports = { digest, digests };
