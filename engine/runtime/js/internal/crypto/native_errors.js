'use strict';

// Errors that Node.js makes on its native side: they have a code, but the stack does not begin with it.

const { codes } = require('internal/errors');

const names = [
  'ERR_CRYPTO_INVALID_AUTH_TAG', 'ERR_CRYPTO_INVALID_CURVE', 'ERR_CRYPTO_INVALID_DIGEST', 'ERR_CRYPTO_INVALID_IV',
  'ERR_CRYPTO_INVALID_JWK', 'ERR_CRYPTO_INVALID_KEYLEN', 'ERR_CRYPTO_INVALID_KEYPAIR', 'ERR_CRYPTO_INVALID_KEYTYPE',
  'ERR_CRYPTO_INVALID_MESSAGELEN',
  'ERR_CRYPTO_INVALID_SCRYPT_PARAMS', 'ERR_CRYPTO_INVALID_STATE', 'ERR_CRYPTO_JWK_UNSUPPORTED_KEY_TYPE',
  'ERR_CRYPTO_OPERATION_FAILED', 'ERR_CRYPTO_TIMING_SAFE_EQUAL_LENGTH', 'ERR_CRYPTO_UNKNOWN_CIPHER',
  'ERR_CRYPTO_UNKNOWN_DH_GROUP', 'ERR_CRYPTO_UNSUPPORTED_OPERATION', 'ERR_MISSING_PASSPHRASE',
];

const native = { __proto__: null };

for (const name of names) {
  native[name] = function NativeError(...args) {
    const { message, constructor: Base } = new codes[name](...args);
    const error = new Base(message);
    Error.captureStackTrace(error, NativeError);
    error.code = name;
    return error;
  };
}

module.exports = native;
