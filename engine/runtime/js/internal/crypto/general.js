'use strict';

// What `crypto` says about itself.

const { codes } = require('internal/errors');

/** There is no FIPS provider. */
function getFips() {
  return 0;
}

function setFips(value) {
  if (!value) return;
  throw require('internal/crypto/openssl_error').opensslError(
    'error:0308010C:digital envelope routines::unsupported',
  );
}

/** There are no engines, as in a Node.js whose OpenSSL was built without them. */
function setEngine(id, flags) {
  const { validateString, validateNumber } = require('internal/validators');
  validateString(id, 'id');
  if (flags) validateNumber(flags, 'flags');
  throw new codes.ERR_CRYPTO_CUSTOM_ENGINE_NOT_SUPPORTED();
}

function secureHeapUsed() {
  return { total: 0, used: 0, utilization: NaN, min: 2 };
}

module.exports = { getFips, secureHeapUsed, setEngine, setFips };
