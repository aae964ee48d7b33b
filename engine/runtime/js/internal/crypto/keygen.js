'use strict';

// New keys (https://nodejs.org/api/crypto.html#cryptogeneratekeypairtype-options-callback).

const { Buffer } = require('buffer');
const { codes } = require('internal/errors');
const nativeErrors = require('internal/crypto/native_errors');
const {
  validateFunction, validateInt32, validateInteger, validateObject, validateOneOf, validateString, validateUint32,
} = require('internal/validators');
const { kCustomPromisifyArgs } = require('internal/util/promisify');
const { curveByName } = require('internal/crypto/key/curves');
const { publicOf } = require('internal/crypto/key/data');
const { keyObject } = require('internal/crypto/key/objects');
const { viewed } = require('internal/crypto/util');
const { opensslError } = require('internal/crypto/openssl_error');

/** How both keys are to be given to the script: undefined for objects. */
function encodings(options, kind) {
  const found = {};
  for (const [name, check] of [['publicKeyEncoding', 'publicOptions'], ['privateKeyEncoding', 'privateOptions']]) {
    const value = options?.[name];
    if (value === undefined || value === null) continue;
    if (typeof value !== 'object') throw new codes.ERR_INVALID_ARG_VALUE(`options.${name}`, value);
    if (value.format === undefined || value.format === null) {
      throw new codes.ERR_INVALID_ARG_VALUE(`options.${name}.format`, value.format);
    }
    found[name] = require('internal/crypto/key/output')[check](value, kind, `options.${name}`);
  }
  return found;
}

function rsaPlan(kind, options) {
  validateObject(options, 'options');
  const { modulusLength, publicExponent = 0x10001 } = options;
  validateUint32(modulusLength, 'options.modulusLength');
  validateUint32(publicExponent, 'options.publicExponent');
  let pss;
  if (kind === 'rsa-pss') {
    const { hash, mgf1Hash, saltLength } = options;
    let { hashAlgorithm, mgf1HashAlgorithm } = options;
    if (saltLength !== undefined) validateInt32(saltLength, 'options.saltLength', 0);
    if (hashAlgorithm !== undefined) validateString(hashAlgorithm, 'options.hashAlgorithm');
    if (mgf1HashAlgorithm !== undefined) validateString(mgf1HashAlgorithm, 'options.mgf1HashAlgorithm');
    if (hash !== undefined) {
      throw new codes.ERR_INVALID_ARG_VALUE('options.hash', hash, 'is no longer supported');
    }
    if (mgf1Hash !== undefined) {
      throw new codes.ERR_INVALID_ARG_VALUE('options.mgf1Hash', mgf1Hash, 'is no longer supported');
    }
    if (hashAlgorithm !== undefined) checkDigest(hashAlgorithm, 'digest');
    if (mgf1HashAlgorithm !== undefined) checkDigest(mgf1HashAlgorithm, 'MGF1 digest');
    if (hashAlgorithm !== undefined || mgf1HashAlgorithm !== undefined || saltLength !== undefined) {
      hashAlgorithm ??= 'sha1';
      mgf1HashAlgorithm ??= hashAlgorithm;
      const size = ops.crypto_hash_size(hashAlgorithm);
      pss = {
        hashAlgorithm: properDigest(hashAlgorithm), mgf1HashAlgorithm: properDigest(mgf1HashAlgorithm),
        saltLength: saltLength ?? size,
      };
    }
  }
  if (modulusLength < 512) {
    throw opensslError('error:02000078:rsa routines::key size too small');
  }
  return { kind, pss, native: ['rsa', modulusLength, publicExponent] };
}

function properDigest(name) {
  const oids = require('internal/crypto/key/oids');
  const oid = oids.oidOfDigest(name);
  return oid === undefined ? name : oids.digestByOid(oid);
}

function checkDigest(name, what) {
  if (ops.crypto_hash_size(name) > 0) return;
  const error = new nativeErrors.ERR_CRYPTO_INVALID_DIGEST(name);
  if (what !== 'digest') error.message = `Invalid ${what}: ${name}`;
  throw error;
}

function ecPlan(options) {
  validateObject(options, 'options');
  const { namedCurve, paramEncoding } = options;
  validateString(namedCurve, 'options.namedCurve');
  if (![undefined, null, 'named', 'explicit'].includes(paramEncoding)) {
    throw new codes.ERR_INVALID_ARG_VALUE('options.paramEncoding', paramEncoding);
  }
  const curve = curveByName(namedCurve);
  if (curve === undefined) throw new nativeErrors.ERR_CRYPTO_INVALID_CURVE();
  return { kind: 'ec', curve, native: [curve.name] };
}

function dsaPlan(options) {
  validateObject(options, 'options');
  const { modulusLength, divisorLength } = options;
  validateUint32(modulusLength, 'options.modulusLength');
  if (divisorLength !== undefined && divisorLength !== null) validateInt32(divisorLength, 'options.divisorLength', 0);
  if (modulusLength < 512) throw opensslError('error:05000064:dsa routines::modulus too small');
  return { kind: 'dsa', modulusLength, divisorLength: divisorLength ?? (modulusLength >= 2048 ? 224 : 160) };
}

function dhPlan(options) {
  validateObject(options, 'options');
  const { group, primeLength, prime, generator } = options;
  if (group !== undefined && group !== null) {
    if (prime !== undefined && prime !== null) throw new codes.ERR_INCOMPATIBLE_OPTION_PAIR('group', 'prime');
    if (primeLength !== undefined && primeLength !== null) {
      throw new codes.ERR_INCOMPATIBLE_OPTION_PAIR('group', 'primeLength');
    }
    if (generator !== undefined && generator !== null) {
      throw new codes.ERR_INCOMPATIBLE_OPTION_PAIR('group', 'generator');
    }
    validateString(group, 'options.group');
    const { groupPrime } = require('internal/crypto/dh_groups');
    const digits = groupPrime(group);
    if (digits === undefined) throw new nativeErrors.ERR_CRYPTO_UNKNOWN_DH_GROUP();
    return { kind: 'dh', prime: digits, generator: 2 };
  }
  if (prime !== undefined && prime !== null) {
    if (primeLength !== undefined && primeLength !== null) {
      throw new codes.ERR_INCOMPATIBLE_OPTION_PAIR('prime', 'primeLength');
    }
    require('internal/validators').validateBuffer(prime, 'options.prime');
  } else if (primeLength !== undefined && primeLength !== null) {
    validateInt32(primeLength, 'options.primeLength', 0);
  } else {
    throw new codes.ERR_MISSING_OPTION('At least one of the group, prime, or primeLength options');
  }
  if (generator !== undefined && generator !== null) validateInt32(generator, 'options.generator', 0);
  return { kind: 'dh', prime, primeLength, generator: generator ?? 2 };
}

function planOf(type, options) {
  switch (type) {
    case 'rsa':
    case 'rsa-pss':
      return rsaPlan(type, options);
    case 'ec':
      return ecPlan(options);
    case 'ed25519':
    case 'x25519':
    case 'ed448':
    case 'x448':
    case 'ml-dsa-44':
    case 'ml-dsa-65':
    case 'ml-dsa-87':
    case 'ml-kem-512':
    case 'ml-kem-768':
    case 'ml-kem-1024':
      return { kind: type, native: [type] };
    case 'dsa':
      return dsaPlan(options);
    case 'dh':
      return dhPlan(options);
    default:
      throw new codes.ERR_INVALID_ARG_VALUE('type', type, 'must be a supported key type');
  }
}

/** The private key of what the native side made. */
function privateOf({ kind, curve, pss }, parts) {
  if (parts === null) throw opensslError('error:020000B2:rsa routines::pub exponent out of range');
  return { type: 'private', kind, curve, pss, parts: parts.map((part) => Buffer.from(part)) };
}

/** A pair for Diffie-Hellman: a random number below the prime. */
function dhParts({ prime, primeLength, generator }) {
  const p =
    prime === undefined || prime === null
      ? Buffer.from(ops.crypto_prime_generate(primeLength, true, undefined, undefined, undefined))
      : Buffer.from(viewed(prime));
  const g = Buffer.from(generator.toString(16).padStart(2, '0'), 'hex');
  const x = Buffer.alloc(Math.min(p.length, 64));
  ops.crypto_random_fill(x);
  x[0] &= 0x3f;
  return [p, g, ops.crypto_power(g, x, p, undefined), x];
}

function output(data, { publicKeyEncoding, privateKeyEncoding }) {
  const { writePrivate, writePublic } = require('internal/crypto/key/output');
  const open = publicOf(data);
  return {
    publicKey: publicKeyEncoding === undefined ? keyObject(open) : writePublic(open, publicKeyEncoding),
    privateKey: privateKeyEncoding === undefined ? keyObject(data) : writePrivate(data, privateKeyEncoding),
  };
}

function prepare(type, options) {
  validateString(type, 'type');
  if (options !== undefined && options !== null) validateObject(options, 'options');
  const plan = planOf(type, options);
  return [plan, encodings(options, plan.kind)];
}

function native(plan, callback) {
  const [name, bits = 0, exponent = 0] = plan.native;
  if (name === 'rsa' && (exponent < 3 || exponent % 2 === 0)) {
    const error = opensslError('error:020000B2:rsa routines::pub exponent out of range');
    if (callback === undefined) throw error;
    process.nextTick(callback, error);
    return undefined;
  }
  return ops.crypto_generate_key(name, bits, exponent, callback);
}

function generateKeyPair(type, options, callback) {
  if (typeof options === 'function') {
    callback = options;
    options = undefined;
  }
  validateFunction(callback, 'callback');
  const [plan, wanted] = prepare(type, options);
  const done = (error, parts) => {
    let pair;
    try {
      if (error) throw error;
      pair = output(privateOf(plan, parts), wanted);
    } catch (failed) {
      callback(failed);
      return;
    }
    callback(null, pair.publicKey, pair.privateKey);
  };
  const { marked } = require('internal/fs/callbacks');
  if (plan.kind === 'dsa') {
    require('internal/crypto/dsa').generate(plan, marked(done, callback));
    return;
  }
  if (plan.kind === 'dh') {
    const parts = dhParts(plan);
    process.nextTick(done, null, parts);
    return;
  }
  native(plan, marked(done, callback));
}
Object.defineProperty(generateKeyPair, kCustomPromisifyArgs, {
  __proto__: null, value: ['publicKey', 'privateKey'], enumerable: false,
});

function partsOf(plan) {
  if (plan.kind === 'dsa') return require('internal/crypto/dsa').generateSync(plan);
  return plan.kind === 'dh' ? dhParts(plan) : native(plan, undefined);
}

function generateKeyPairSync(type, options) {
  const [plan, wanted] = prepare(type, options);
  return output(privateOf(plan, partsOf(plan)), wanted);
}

function secretLength(type, options) {
  validateString(type, 'type');
  validateObject(options, 'options');
  const { length } = options;
  switch (type) {
    case 'hmac':
      validateInteger(length, 'options.length', 8, 2 ** 31 - 1);
      return Math.floor(length / 8);
    case 'aes':
      validateOneOf(length, 'options.length', [128, 192, 256]);
      return length / 8;
    default:
      throw new codes.ERR_INVALID_ARG_VALUE('type', type, 'must be a supported key type');
  }
}

function generateKey(type, options, callback) {
  if (typeof options === 'function') {
    callback = options;
    options = undefined;
  }
  validateFunction(callback, 'callback');
  const length = secretLength(type, options);
  const { marked } = require('internal/fs/callbacks');
  const done = (error, bytes) => {
    if (error) callback(error);
    else callback(null, keyObject({ type: 'secret', bytes }));
  };
  ops.crypto_random_bytes(length, marked(done, callback));
}

function generateKeySync(type, options) {
  return keyObject({ type: 'secret', bytes: ops.crypto_random_bytes(secretLength(type, options), undefined) });
}

module.exports = { generateKey, generateKeyPair, generateKeyPairSync, generateKeySync };
