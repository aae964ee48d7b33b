'use strict';

// `crypto.subtle` (https://w3c.github.io/webcrypto/#subtlecrypto-interface). What each algorithm does stands in
// `internal/crypto/web/algorithms`.

const { codes } = require('internal/errors');
const { digest } = require('internal/crypto/web/digest');

let made = false;

class SubtleCrypto {
  constructor() {
    if (made) throw new codes.ERR_ILLEGAL_CONSTRUCTOR();
    made = true;
  }

  async digest(algorithm, data) {
    if (this !== subtle) throw new codes.ERR_INVALID_THIS('SubtleCrypto');
    return digest(algorithm, data);
  }
}

Object.defineProperties(SubtleCrypto.prototype, {
  [Symbol.toStringTag]: { __proto__: null, value: 'SubtleCrypto', configurable: true },
  digest: { __proto__: null, enumerable: true },
});

const subtle = new SubtleCrypto();

module.exports = { SubtleCrypto, subtle };
