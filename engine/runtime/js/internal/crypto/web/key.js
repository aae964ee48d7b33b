'use strict';

// CryptoKey (https://w3c.github.io/webcrypto/#cryptokey-interface): a key with what it may be used for.

const { codes } = require('internal/errors');
const { kClone, markCloneable } = require('internal/clone_marks');
const { dataOf, keyObject, makeClone: cloneKeyObject } = require('internal/crypto/key/objects');

const inspectCustom = Symbol.for('nodejs.util.inspect.custom');
let making = false;

class CryptoKey {
  #object;
  #algorithm;
  #extractable;
  #usages;
  #shown;

  constructor(object, algorithm, extractable, usages) {
    if (!making) throw new codes.ERR_ILLEGAL_CONSTRUCTOR();
    this.#object = object;
    this.#algorithm = algorithm;
    this.#extractable = extractable;
    this.#usages = usages;
    markCloneable(this);
  }

  get type() {
    check(this);
    return this.#object.type;
  }

  get extractable() {
    check(this);
    return this.#extractable;
  }

  get algorithm() {
    check(this);
    // Scripts may change what they are shown, but not the key.
    this.#shown ??= { algorithm: copyOf(this.#algorithm), usages: [...this.#usages] };
    return this.#shown.algorithm;
  }

  get usages() {
    check(this);
    this.#shown ??= { algorithm: copyOf(this.#algorithm), usages: [...this.#usages] };
    return this.#shown.usages;
  }

  [inspectCustom](depth, options) {
    if (depth < 0) return this;
    const { inspect } = require('util');
    const shown = inspect(
      { type: this.type, extractable: this.extractable, algorithm: this.#algorithm, usages: this.#usages },
      { ...options, depth: options.depth == null ? null : options.depth - 1 },
    );
    return `CryptoKey ${shown}`;
  }

  [kClone]() {
    return {
      data: {
        key: this.#object[kClone]().data,
        algorithm: this.#algorithm,
        extractable: this.#extractable,
        usages: this.#usages,
      },
      deserializeInfo: 'internal/crypto/web/key:makeClone',
    };
  }

  static has(value) {
    return typeof value === 'object' && value !== null && #object in value;
  }

  static inside(key) {
    return { object: key.#object, algorithm: key.#algorithm, extractable: key.#extractable, usages: key.#usages };
  }
}

const isCryptoKey = CryptoKey.has;
const inside = CryptoKey.inside;
delete CryptoKey.has;
delete CryptoKey.inside;

Object.defineProperties(CryptoKey.prototype, {
  [Symbol.toStringTag]: { __proto__: null, value: 'CryptoKey', configurable: true },
  [kClone]: { __proto__: null, enumerable: false },
  [inspectCustom]: { __proto__: null, enumerable: false },
  type: { __proto__: null, enumerable: true },
  extractable: { __proto__: null, enumerable: true },
  algorithm: { __proto__: null, enumerable: true },
  usages: { __proto__: null, enumerable: true },
});

function check(key) {
  if (!isCryptoKey(key)) throw new codes.ERR_INVALID_THIS('CryptoKey');
}

function copyOf(algorithm) {
  const copy = { ...algorithm };
  if (copy.hash !== undefined) copy.hash = { ...copy.hash };
  if (copy.publicExponent !== undefined) copy.publicExponent = new Uint8Array(copy.publicExponent);
  return copy;
}

const ORDER = [
  'encrypt', 'decrypt', 'sign', 'verify', 'deriveKey', 'deriveBits', 'wrapKey', 'unwrapKey', 'encapsulateKey',
  'encapsulateBits', 'decapsulateKey', 'decapsulateBits',
];

/** A new CryptoKey; usages come once each, in the order of the standard. */
function cryptoKey(data, algorithm, extractable, usages) {
  making = true;
  try {
    return new CryptoKey(keyObject(data), algorithm, extractable, ORDER.filter((usage) => usages.includes(usage)));
  } finally {
    making = false;
  }
}

const keyObjectOf = (key) => inside(key).object;
const keyData = (key) => dataOf(inside(key).object);

function makeClone({ key, algorithm, extractable, usages }) {
  return cryptoKey(dataOf(cloneKeyObject(key)), algorithm, extractable, usages);
}

module.exports = { CryptoKey, cryptoKey, inside, isCryptoKey, keyData, keyObjectOf, makeClone };
