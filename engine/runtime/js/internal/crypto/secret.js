'use strict';

// Secrets from arguments: bytes in many forms, or a key of the script.

const { Buffer } = require('buffer');
const { codes } = require('internal/errors');
const { isAnyArrayBuffer } = require('internal/buffer/base');

const { isView } = ArrayBuffer;

const FORMS = ['string', 'ArrayBuffer', 'Buffer', 'TypedArray', 'DataView', 'KeyObject', 'CryptoKey'];

/** The bytes of a secret. */
function secretBytes(key, name, encoding = undefined) {
  if (typeof key === 'string') return Buffer.from(key, encoding === 'buffer' ? 'utf8' : encoding);
  if (isView(key)) return key;
  if (isAnyArrayBuffer(key)) return new Uint8Array(key);
  if (typeof key === 'object' && key !== null) {
    const object = require('internal/crypto/key/input').asKeyObject(key);
    if (object !== undefined) {
      if (object.type !== 'secret') throw new codes.ERR_CRYPTO_INVALID_KEY_OBJECT_TYPE(object.type, 'secret');
      return require('internal/crypto/key/objects').dataOf(object).bytes;
    }
  }
  throw new codes.ERR_INVALID_ARG_TYPE(name, FORMS, key);
}

module.exports = { secretBytes };
