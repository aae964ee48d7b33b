'use strict';

// Encryption with RSA (https://nodejs.org/api/crypto.html#cryptopublicencryptkey-buffer).

const { validateString } = require('internal/validators');
const {
  RSA_NO_PADDING, RSA_PKCS1_OAEP_PADDING, RSA_PKCS1_PADDING,
} = require('internal/crypto/constants');
const { sizeOf } = require('internal/crypto/hash');
const { toBuffer, toBytes } = require('internal/crypto/util');
const { opensslError } = require('internal/crypto/openssl_error');

const { isView } = ArrayBuffer;

const NAMES = {
  __proto__: null, [RSA_NO_PADDING]: 'none', [RSA_PKCS1_PADDING]: 'pkcs1', [RSA_PKCS1_OAEP_PADDING]: 'oaep',
};

function checkOaepDigest(name) {
  if (sizeOf(name) > 0) return;
  const error = new Error('Invalid digest used');
  error.code = 'ERR_OSSL_EVP_INVALID_DIGEST';
  throw error;
}

function rsaFunction(operation, usualPadding, isPrivate) {
  return (key, buffer) => {
    const { privateKey, publicKey } = require('internal/crypto/key/input');
    const options = typeof key === 'object' && key !== null && !isView(key) ? key : {};
    const padding = options.padding || usualPadding;
    const { oaepHash = 'sha1', encoding } = options;
    validateString(oaepHash, 'key.oaepHash');
    checkOaepDigest(oaepHash);
    const { oaepLabel = new Uint8Array(0) } = options;
    const label = toBytes(oaepLabel, 'key.oaepLabel', encoding);
    const data = isPrivate ? privateKey(key) : publicKey(key);
    const bytes = toBytes(buffer, 'buffer', encoding);
    if (data.kind !== 'rsa') {
      throw opensslError(
        data.kind === 'rsa-pss'
          ? 'error:1C8000B2:Provider routines::operation not supported for this keytype'
          : 'error:03000096:digital envelope routines::operation not supported for this keytype',
      );
    }
    if (NAMES[padding] === undefined || (operation >= 2 && padding === RSA_PKCS1_OAEP_PADDING)) {
      throw opensslError('error:02000076:rsa routines::unknown padding type');
    }
    const out = ops.crypto_rsa(operation, NAMES[padding], oaepHash, oaepHash, label, data.parts, bytes, undefined);
    if (typeof out === 'string') throw opensslError(out);
    return toBuffer(out);
  };
}

const publicEncrypt = rsaFunction(0, RSA_PKCS1_OAEP_PADDING, false);
const privateDecrypt = rsaFunction(1, RSA_PKCS1_OAEP_PADDING, true);
const privateEncrypt = rsaFunction(2, RSA_PKCS1_PADDING, true);
const publicDecrypt = rsaFunction(3, RSA_PKCS1_PADDING, false);
const named = { publicEncrypt, privateDecrypt, privateEncrypt, publicDecrypt };
for (const name of Object.keys(named)) Object.defineProperty(named[name], 'name', { __proto__: null, value: name });

module.exports = named;
