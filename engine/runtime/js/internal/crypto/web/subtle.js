'use strict';

// `crypto.subtle` (https://w3c.github.io/webcrypto/#subtlecrypto-interface): arguments are converted, keys checked, and
// the algorithms do the rest.

const { Buffer } = require('buffer');
const { codes } = require('internal/errors');
const { inside } = require('internal/crypto/web/key');
const { isAes, normalize } = require('internal/crypto/web/normalize');
const { domError } = require('internal/crypto/web/operation');
const webidl = require('internal/crypto/web/webidl');

let made = false;

const isKdf = (name) => /^(HKDF|PBKDF2|Argon2\w+)$/.test(name);

/** The module that knows an algorithm. */
function implementation(name) {
  if (isAes(name) || /^(HMAC|KMAC\d+|ChaCha20-Poly1305)$/.test(name)) return require('internal/crypto/web/secret_keys');
  if (isKdf(name)) return require('internal/crypto/web/kdf_keys');
  return require('internal/crypto/web/pair_keys');
}

function checkThis(self) {
  if (self !== subtle) throw new codes.ERR_INVALID_THIS('SubtleCrypto');
}

/** Throws unless the key is one of this algorithm that may be used so. */
function checkKey(key, algorithm, usage, message = `Unable to use this key to ${usage}`) {
  if (inside(key).algorithm.name !== algorithm.name) throw domError('Key algorithm mismatch', 'InvalidAccessError');
  if (!inside(key).usages.includes(usage)) throw domError(message, 'InvalidAccessError');
}

function normalizeWith(algorithm, operation, fallback) {
  try {
    return normalize(algorithm, operation);
  } catch (error) {
    if (error?.name !== 'NotSupportedError') throw error;
    return normalize(algorithm, fallback);
  }
}

function experimental(name) {
  require('internal/crypto/web/experimental').warn(name);
}

/** The bits that make a key of this algorithm; null for all there are. */
function wantedLength(algorithm) {
  if (isKdf(algorithm.name)) return null;
  return require('internal/crypto/web/secret_keys').keyLength(algorithm);
}

async function exported(format, key) {
  const { algorithm, extractable } = inside(key);
  try {
    normalize(algorithm.name, 'exportKey');
  } catch {
    throw domError(`${algorithm.name} key export is not supported`, 'NotSupportedError');
  }
  if (!extractable) throw domError('key is not extractable', 'InvalidAccessError');
  return implementation(algorithm.name).exportKey(format, key);
}

async function imported(format, keyData, algorithm, extractable, usages) {
  const key = implementation(algorithm.name).importKey(format, keyData, algorithm, extractable, usages);
  if (key.type !== 'public' && usages.length === 0) {
    throw domError(`Usages cannot be empty when importing a ${key.type} key.`, 'SyntaxError');
  }
  return key;
}

class SubtleCrypto {
  constructor() {
    // Only the one of the global `crypto` is ever made.
    if (made) throw new codes.ERR_ILLEGAL_CONSTRUCTOR();
    made = true;
  }

  static supports(operation, algorithm, lengthOrAlgorithm = null) {
    if (this !== SubtleCrypto) throw new codes.ERR_INVALID_THIS('SubtleCrypto constructor');
    experimental('supports');
    return require('internal/crypto/web/supports').supports(operation, algorithm, lengthOrAlgorithm);
  }

  async encrypt(algorithm, key, data) {
    checkThis(this);
    webidl.requiredArguments(arguments, 3, 'encrypt');
    webidl.key(key, webidl.context('encrypt', 1));
    const bytes = webidl.bytes(data, webidl.context('encrypt', 2));
    const normalized = normalize(algorithm, 'encrypt');
    checkKey(key, normalized, 'encrypt');
    return implementation(normalized.name).encrypt(normalized, key, bytes);
  }

  async decrypt(algorithm, key, data) {
    checkThis(this);
    webidl.requiredArguments(arguments, 3, 'decrypt');
    webidl.key(key, webidl.context('decrypt', 1));
    const bytes = webidl.bytes(data, webidl.context('decrypt', 2));
    const normalized = normalize(algorithm, 'decrypt');
    checkKey(key, normalized, 'decrypt');
    return implementation(normalized.name).decrypt(normalized, key, bytes);
  }

  async sign(algorithm, key, data) {
    checkThis(this);
    webidl.requiredArguments(arguments, 3, 'sign');
    webidl.key(key, webidl.context('sign', 1));
    const bytes = webidl.bytes(data, webidl.context('sign', 2));
    const normalized = normalize(algorithm, 'sign');
    checkKey(key, normalized, 'sign');
    return implementation(normalized.name).sign(normalized, key, bytes);
  }

  async verify(algorithm, key, signature, data) {
    checkThis(this);
    webidl.requiredArguments(arguments, 4, 'verify');
    webidl.key(key, webidl.context('verify', 1));
    const given = webidl.bytes(signature, webidl.context('verify', 2));
    const bytes = webidl.bytes(data, webidl.context('verify', 3));
    const normalized = normalize(algorithm, 'verify');
    checkKey(key, normalized, 'verify');
    return implementation(normalized.name).verify(normalized, key, given, bytes);
  }

  async digest(algorithm, data) {
    checkThis(this);
    webidl.requiredArguments(arguments, 2, 'digest');
    const bytes = webidl.bytes(data, webidl.context('digest', 1));
    return require('internal/crypto/web/digest').digest(normalize(algorithm, 'digest'), bytes);
  }

  async generateKey(algorithm, extractable, keyUsages) {
    checkThis(this);
    webidl.requiredArguments(arguments, 3, 'generateKey');
    const usages = webidl.usages(keyUsages, webidl.context('generateKey', 2));
    const normalized = normalize(algorithm, 'generateKey');
    return implementation(normalized.name).generateKey(normalized, Boolean(extractable), usages);
  }

  async deriveKey(algorithm, baseKey, derivedKeyType, extractable, keyUsages) {
    checkThis(this);
    webidl.requiredArguments(arguments, 5, 'deriveKey');
    webidl.key(baseKey, webidl.context('deriveKey', 1));
    const usages = webidl.usages(keyUsages, webidl.context('deriveKey', 4));
    const normalized = normalize(algorithm, 'deriveBits');
    const target = normalize(derivedKeyType, 'importKey');
    const length = wantedLength(normalize(derivedKeyType, 'get key length'));
    checkKey(baseKey, normalized, 'deriveKey', 'baseKey does not have deriveKey usage');
    const bits = await implementation(normalized.name).deriveBits(normalized, baseKey, length);
    return imported('raw-secret', Buffer.from(bits), target, Boolean(extractable), usages);
  }

  async deriveBits(algorithm, baseKey, length = null) {
    checkThis(this);
    webidl.requiredArguments(arguments, 2, 'deriveBits');
    webidl.key(baseKey, webidl.context('deriveBits', 1));
    if (length !== null) length = webidl.unsigned(length, 32, webidl.context('deriveBits', 2));
    const normalized = normalize(algorithm, 'deriveBits');
    checkKey(baseKey, normalized, 'deriveBits', 'baseKey does not have deriveBits usage');
    return implementation(normalized.name).deriveBits(normalized, baseKey, length);
  }

  async importKey(format, keyData, algorithm, extractable, keyUsages) {
    checkThis(this);
    webidl.requiredArguments(arguments, 5, 'importKey');
    const form = webidl.format(format, webidl.context('importKey', 0));
    const where = webidl.context('importKey', 1);
    if (form === 'jwk' && (typeof keyData !== 'object' || keyData === null)) {
      throw webidl.typeError(`${where} cannot be converted to a dictionary.`);
    }
    const data = form === 'jwk' ? keyData : webidl.bytes(keyData, where);
    const usages = webidl.usages(keyUsages, webidl.context('importKey', 4));
    return imported(form, data, normalize(algorithm, 'importKey'), Boolean(extractable), usages);
  }

  async exportKey(format, key) {
    checkThis(this);
    webidl.requiredArguments(arguments, 2, 'exportKey');
    const form = webidl.format(format, webidl.context('exportKey', 0));
    webidl.key(key, webidl.context('exportKey', 1));
    return exported(form, key);
  }

  async wrapKey(format, key, wrappingKey, wrapAlgorithm) {
    checkThis(this);
    webidl.requiredArguments(arguments, 4, 'wrapKey');
    const form = webidl.format(format, webidl.context('wrapKey', 0));
    webidl.key(key, webidl.context('wrapKey', 1));
    webidl.key(wrappingKey, webidl.context('wrapKey', 2));
    const normalized = normalizeWith(wrapAlgorithm, 'wrapKey', 'encrypt');
    checkKey(wrappingKey, normalized, 'wrapKey');
    const plain = await exported(form, key);
    let bytes = form === 'jwk' ? Buffer.from(JSON.stringify(plain)) : Buffer.from(plain);
    if (form === 'jwk' && normalized.name === 'AES-KW' && bytes.length % 8 !== 0) {
      // Key wrap takes whole eights; spaces do not matter in JSON.
      bytes = Buffer.concat([bytes, Buffer.alloc(8 - (bytes.length % 8), ' ')]);
    }
    return implementation(normalized.name).encrypt(normalized, wrappingKey, bytes);
  }

  async unwrapKey(
    format, wrappedKey, unwrappingKey, unwrapAlgorithm, unwrappedKeyAlgorithm, extractable, keyUsages,
  ) {
    checkThis(this);
    webidl.requiredArguments(arguments, 7, 'unwrapKey');
    const form = webidl.format(format, webidl.context('unwrapKey', 0));
    const bytes = webidl.bytes(wrappedKey, webidl.context('unwrapKey', 1));
    webidl.key(unwrappingKey, webidl.context('unwrapKey', 2));
    const usages = webidl.usages(keyUsages, webidl.context('unwrapKey', 6));
    const normalized = normalizeWith(unwrapAlgorithm, 'unwrapKey', 'decrypt');
    const target = normalize(unwrappedKeyAlgorithm, 'importKey');
    checkKey(unwrappingKey, normalized, 'unwrapKey');
    const plain = await implementation(normalized.name).decrypt(normalized, unwrappingKey, bytes);
    let data = Buffer.from(plain);
    if (form === 'jwk') {
      try {
        data = JSON.parse(data.toString());
      } catch (error) {
        throw domError('Invalid wrapped JWK key', 'DataError', error);
      }
    }
    return imported(form, data, target, Boolean(extractable), usages);
  }

  async getPublicKey(key, keyUsages) {
    checkThis(this);
    experimental('getPublicKey');
    webidl.requiredArguments(arguments, 2, 'getPublicKey');
    webidl.key(key, webidl.context('getPublicKey', 0));
    const usages = webidl.usages(keyUsages, webidl.context('getPublicKey', 1));
    if (key.type !== 'private') {
      throw domError('key must be a private key', key.type === 'secret' ? 'NotSupportedError' : 'InvalidAccessError');
    }
    return require('internal/crypto/web/pair_keys').publicKeyOf(key, usages);
  }
}

for (const name of Object.getOwnPropertyNames(SubtleCrypto.prototype)) {
  if (name === 'constructor') continue;
  Object.defineProperty(SubtleCrypto.prototype, name, { __proto__: null, enumerable: true });
}
Object.defineProperties(SubtleCrypto.prototype, {
  [Symbol.toStringTag]: { __proto__: null, value: 'SubtleCrypto', configurable: true },
});

const subtle = new SubtleCrypto();

module.exports = { SubtleCrypto, subtle };
