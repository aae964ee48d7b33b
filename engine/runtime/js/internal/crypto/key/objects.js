'use strict';

// KeyObject and its kinds (https://nodejs.org/api/crypto.html#class-keyobject).

const { codes } = require('internal/errors');
const { kClone, markCloneable } = require('internal/clone_marks');
const { detailsOf, equal } = require('internal/crypto/key/data');

const TYPES = ['secret', 'public', 'private'];

class KeyObject {
  #data;

  constructor(type, handle) {
    if (!TYPES.includes(type)) throw new codes.ERR_INVALID_ARG_VALUE('type', type);
    if (typeof handle !== 'object') throw new codes.ERR_INVALID_ARG_TYPE('handle', 'object', handle);
    this.#data = handle;
    markCloneable(this);
  }

  static from(key) {
    const { isCryptoKey, keyObjectOf } = require('internal/crypto/web/key');
    if (!isCryptoKey(key)) throw new codes.ERR_INVALID_ARG_TYPE('key', 'CryptoKey', key);
    return keyObjectOf(key);
  }

  get type() {
    return this.#data.type;
  }

  toCryptoKey(algorithm, extractable, usages) {
    return require('internal/crypto/web/from_key_object').toCryptoKey(this, algorithm, extractable, usages);
  }

  equals(otherKeyObject) {
    if (!isKeyObject(otherKeyObject)) {
      throw new codes.ERR_INVALID_ARG_TYPE('otherKeyObject', 'KeyObject', otherKeyObject);
    }
    return equal(this.#data, otherKeyObject.#data);
  }

  [kClone]() {
    const { type, kind, bytes, parts, curve, pss } = this.#data;
    return {
      data: { type, kind, bytes, parts, curve: curve?.name, pss },
      deserializeInfo: 'internal/crypto/key/objects:makeClone',
    };
  }

  static has(value) {
    return typeof value === 'object' && value !== null && #data in value;
  }

  static data(key) {
    return key.#data;
  }
}

const isKeyObject = KeyObject.has;
const dataOf = KeyObject.data;
delete KeyObject.has;
delete KeyObject.data;

Object.defineProperties(KeyObject.prototype, {
  [Symbol.toStringTag]: { __proto__: null, value: 'KeyObject', configurable: true },
  [kClone]: { __proto__: null, enumerable: false },
});

class SecretKeyObject extends KeyObject {
  constructor(handle) {
    super('secret', handle);
  }

  get symmetricKeySize() {
    return dataOf(this).bytes.byteLength;
  }

  export(options) {
    const { bytes } = dataOf(this);
    if (options !== undefined) {
      require('internal/validators').validateObject(options, 'options');
      require('internal/validators').validateOneOf(options.format, 'options.format', [undefined, 'buffer', 'jwk']);
      if (options.format === 'jwk') return require('internal/crypto/key/jwk').write(dataOf(this));
    }
    return require('buffer').Buffer.from(bytes);
  }
}

class AsymmetricKeyObject extends KeyObject {
  #details;

  get asymmetricKeyType() {
    return dataOf(this).kind;
  }

  get asymmetricKeyDetails() {
    this.#details ??= detailsOf(dataOf(this));
    return { ...this.#details };
  }
}

class PublicKeyObject extends AsymmetricKeyObject {
  constructor(handle) {
    super('public', handle);
  }

  export(options) {
    return require('internal/crypto/key/output').exportPublic(dataOf(this), options);
  }
}

class PrivateKeyObject extends AsymmetricKeyObject {
  constructor(handle) {
    super('private', handle);
  }

  export(options) {
    return require('internal/crypto/key/output').exportPrivate(dataOf(this), options);
  }
}

/** The object for what a key is inside. */
function keyObject(data) {
  if (data.type === 'secret') return new SecretKeyObject(data);
  return data.type === 'public' ? new PublicKeyObject(data) : new PrivateKeyObject(data);
}

function makeClone({ curve, bytes, parts, ...rest }) {
  const { Buffer } = require('buffer');
  return keyObject({
    ...rest,
    bytes: bytes && Buffer.from(bytes),
    parts: parts?.map((part) => Buffer.from(part)),
    curve: curve && require('internal/crypto/key/curves').curveByName(curve),
  });
}

module.exports = {
  KeyObject, PrivateKeyObject, PublicKeyObject, SecretKeyObject, dataOf, isKeyObject, keyObject, makeClone,
};
