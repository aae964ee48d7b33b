'use strict';

// The global `crypto` (https://w3c.github.io/webcrypto/#Crypto-interface).

const { codes } = require('internal/errors');
const { DOMException, QuotaExceededError } = require('internal/dom_exception');
const { isTypedArray } = require('internal/util/types');

const { apply } = Reflect;
const typedArrayTag = Object.getOwnPropertyDescriptor(
  Object.getPrototypeOf(Uint8Array.prototype), Symbol.toStringTag,
).get;
const MAX_BYTES = 65536;

let made = false;

class Crypto {
  #subtle;

  constructor() {
    // Only the one global object is ever made.
    if (made) throw new codes.ERR_ILLEGAL_CONSTRUCTOR();
    made = true;
  }

  get subtle() {
    if (this !== webcrypto) throw new codes.ERR_INVALID_THIS('Crypto');
    this.#subtle ??= require('internal/crypto/web/subtle').subtle;
    return this.#subtle;
  }

  getRandomValues(array) {
    if (this !== webcrypto) throw new codes.ERR_INVALID_THIS('Crypto');
    if (arguments.length === 0) {
      const error = new TypeError(
        "Failed to execute 'getRandomValues' on 'Crypto': 1 argument required, but only 0 present.",
      );
      error.code = 'ERR_MISSING_ARGS';
      throw error;
    }
    return getRandomValues(array);
  }

  randomUUID() {
    if (this !== webcrypto) throw new codes.ERR_INVALID_THIS('Crypto');
    return require('internal/crypto/random').randomUUID();
  }
}

Object.defineProperties(Crypto.prototype, {
  [Symbol.toStringTag]: { __proto__: null, value: 'Crypto', configurable: true },
  subtle: { __proto__: null, enumerable: true },
  getRandomValues: { __proto__: null, enumerable: true },
  randomUUID: { __proto__: null, enumerable: true },
});

function getRandomValues(array) {
  if (!isTypedArray(array) || /^(Float|undefined)/.test(apply(typedArrayTag, array, []))) {
    throw new DOMException('The data argument must be an integer-type TypedArray', 'TypeMismatchError');
  }
  if (array.byteLength > MAX_BYTES) {
    throw new QuotaExceededError('The requested length exceeds 65,536 bytes', {
      quota: MAX_BYTES, requested: array.byteLength,
    });
  }
  if (array.byteLength > 0) ops.crypto_random_fill(array);
  return array;
}

const webcrypto = new Crypto();

module.exports = { Crypto, getRandomValues, webcrypto };
