'use strict';

// Diffie-Hellman in groups modulo a prime (https://nodejs.org/api/crypto.html#class-diffiehellman).

const { Buffer } = require('buffer');
const { codes } = require('internal/errors');
const nativeErrors = require('internal/crypto/native_errors');
const { isAnyArrayBuffer } = require('internal/buffer/base');
const { validateInt32, validateString } = require('internal/validators');
const {
  DH_CHECK_P_NOT_PRIME, DH_CHECK_P_NOT_SAFE_PRIME, DH_NOT_SUITABLE_GENERATOR,
} = require('internal/crypto/constants');
const { digitsToBigInt, padded, trimmed } = require('internal/crypto/key/data');
const { encode, kHandle, toBytes, viewed } = require('internal/crypto/util');
const { opensslError } = require('internal/crypto/openssl_error');

const { isView } = ArrayBuffer;
const MIN_BITS = 512;
const MAX_BITS = 10000;
/** Problems of parameters that have no name in `constants`. */
const MODULUS_TOO_SMALL = 0x80;
const MODULUS_TOO_LARGE = 0x100;

/** What stands under `kHandle`. */
const handles = {
  DiffieHellman: class DiffieHellman {},
  DiffieHellmanGroup: class DiffieHellmanGroup {},
};

/** `{ prime, generator, secret, open }` of every object. */
const states = new WeakMap();

const digitsOf = (number) => {
  const hex = number.toString(16);
  return Buffer.from(hex.padStart(hex.length + (hex.length % 2), '0'), 'hex');
};

/** What is wrong with the parameters, as a sum of constants. */
function checkParameters({ prime, generator, isKnown }) {
  if (isKnown) return 0;
  const p = digitsToBigInt(prime);
  const g = digitsToBigInt(generator);
  const bits = p.toString(2).length;
  let problems = (bits < MIN_BITS ? MODULUS_TOO_SMALL : 0) | (bits > MAX_BITS ? MODULUS_TOO_LARGE : 0);
  if (g <= 1n || g >= p - 1n) problems |= DH_NOT_SUITABLE_GENERATOR;
  if (!ops.crypto_prime_check(prime, undefined)) problems |= DH_CHECK_P_NOT_PRIME;
  else if (!ops.crypto_prime_check(digitsOf((p - 1n) / 2n), undefined)) problems |= DH_CHECK_P_NOT_SAFE_PRIME;
  return problems;
}

function setUp(self, kind, state) {
  self[kHandle] = new handles[kind]();
  states.set(self, state);
  let problems;
  Object.defineProperty(self, 'verifyError', {
    __proto__: null,
    get() {
      problems ??= checkParameters(state);
      return problems;
    },
    enumerable: true,
  });
}

/** Throws for a prime of so many bits that there cannot be. */
function checkSize(bits) {
  if (bits < 2) throw opensslError('error:0280007E:Diffie-Hellman routines::modulus too small');
  if (bits < MIN_BITS || bits > MAX_BITS) {
    const error = new TypeError('Invalid DH parameters');
    error.code = 'ERR_INVALID_ARG_VALUE';
    throw error;
  }
}

function badGenerator() {
  return opensslError('error:02800065:Diffie-Hellman routines::bad generator');
}

function DiffieHellman(sizeOrKey, keyEncoding, generator, genEncoding) {
  if (!(this instanceof DiffieHellman)) return new DiffieHellman(sizeOrKey, keyEncoding, generator, genEncoding);
  const isBytes = typeof sizeOrKey === 'string' || isView(sizeOrKey) || isAnyArrayBuffer(sizeOrKey);
  if (typeof sizeOrKey !== 'number' && !isBytes) {
    const forms = ['number', 'string', 'ArrayBuffer', 'Buffer', 'TypedArray', 'DataView'];
    throw new codes.ERR_INVALID_ARG_TYPE('sizeOrKey', forms, sizeOrKey);
  }
  if (typeof sizeOrKey === 'number') validateInt32(sizeOrKey, 'sizeOrKey');
  if (keyEncoding && !Buffer.isEncoding(keyEncoding) && keyEncoding !== 'buffer') {
    genEncoding = generator;
    generator = keyEncoding;
    keyEncoding = false;
  }
  const encoding = keyEncoding || 'utf8';
  let g;
  if (!generator) g = Buffer.from([2]);
  else if (typeof generator === 'number') {
    validateInt32(generator, 'generator');
    g = generator > 0 ? digitsOf(BigInt(generator)) : undefined;
  } else if (typeof generator === 'string') {
    g = toBytes(generator, 'generator', genEncoding || 'utf8');
  } else if (!isView(generator) && !isAnyArrayBuffer(generator)) {
    const forms = ['number', 'string', 'ArrayBuffer', 'Buffer', 'TypedArray', 'DataView'];
    throw new codes.ERR_INVALID_ARG_TYPE('generator', forms, generator);
  } else {
    g = toBytes(generator, 'generator');
  }
  let prime;
  if (typeof sizeOrKey === 'number') checkSize(sizeOrKey);
  if (g === undefined || digitsToBigInt(viewed(g)) <= 1n) throw badGenerator();
  if (typeof sizeOrKey === 'number') {
    prime = Buffer.from(ops.crypto_prime_generate(sizeOrKey, true, undefined, undefined, undefined));
  } else {
    prime = Buffer.from(viewed(toBytes(sizeOrKey, 'sizeOrKey', encoding)));
  }
  setUp(this, 'DiffieHellman', { prime, generator: Buffer.from(viewed(g)) });
}

function DiffieHellmanGroup(name) {
  if (!(this instanceof DiffieHellmanGroup)) return new DiffieHellmanGroup(name);
  validateString(name, 'group');
  const prime = require('internal/crypto/dh_groups').groupPrime(name);
  if (prime === undefined) throw new nativeErrors.ERR_CRYPTO_UNKNOWN_DH_GROUP();
  setUp(this, 'DiffieHellmanGroup', { prime, generator: Buffer.from([2]), isKnown: true });
}

function noKey(kind) {
  const error = new nativeErrors.ERR_CRYPTO_INVALID_STATE('');
  error.message = `No ${kind} key - did you forget to generate one?`;
  return error;
}

/** A random private number for a prime of this length. */
function newSecret({ prime, isKnown }) {
  const bits = digitsToBigInt(prime).toString(2).length;
  // For the known groups a number of twice their strength is enough (RFC 7919).
  const length = isKnown ? Math.min(bits - 1, 520) : bits - 1;
  const secret = Buffer.alloc(Math.ceil(length / 8));
  ops.crypto_random_fill(secret);
  if (length % 8 !== 0) secret[0] &= (1 << (length % 8)) - 1;
  secret[0] |= 1 << ((length - 1) % 8);
  return secret;
}

function power(base, exponent, modulus) {
  const result = ops.crypto_power(base, exponent, modulus, undefined);
  if (result === null) throw opensslError('error:03000066:bignum routines::called with even modulus');
  return Buffer.from(result);
}

const methods = {
  generateKeys(encoding) {
    const state = states.get(this);
    if (digitsToBigInt(state.prime) >> BigInt(MIN_BITS - 1) === 0n) {
      throw new nativeErrors.ERR_CRYPTO_OPERATION_FAILED('Key generation failed');
    }
    state.secret ??= newSecret(state);
    state.open = power(state.generator, state.secret, state.prime);
    return encode(padded(state.open, state.prime.length), encoding);
  },

  computeSecret(otherPublicKey, inputEncoding, outputEncoding) {
    const other = viewed(toBytes(otherPublicKey, 'otherPublicKey', inputEncoding || 'utf8'));
    const { prime, secret } = states.get(this);
    const number = digitsToBigInt(other);
    const error = new nativeErrors.ERR_CRYPTO_INVALID_KEYLEN();
    if (number <= 1n) {
      error.message = 'Supplied key is too small';
      throw error;
    }
    if (number >= digitsToBigInt(prime) - 1n) {
      error.message = 'Supplied key is too large';
      throw error;
    }
    if (secret === undefined) throw noKey('private');
    return encode(padded(power(other, secret, prime), prime.length), outputEncoding);
  },

  getPrime(encoding) {
    return encode(Buffer.from(trimmed(states.get(this).prime)), encoding);
  },

  getGenerator(encoding) {
    return encode(Buffer.from(trimmed(states.get(this).generator)), encoding);
  },

  getPublicKey(encoding) {
    const { open, prime } = states.get(this);
    if (open === undefined) throw noKey('public');
    return encode(padded(open, Math.max(open.length, prime.length)), encoding);
  },

  getPrivateKey(encoding) {
    const { secret } = states.get(this);
    if (secret === undefined) throw noKey('private');
    return encode(Buffer.from(secret), encoding);
  },
};

const setters = {
  setPublicKey(key, encoding) {
    states.get(this).open = Buffer.from(viewed(toBytes(key, 'key', encoding)));
    return this;
  },

  setPrivateKey(key, encoding) {
    states.get(this).secret = Buffer.from(viewed(toBytes(key, 'key', encoding)));
    return this;
  },
};

Object.assign(DiffieHellman.prototype, methods, setters);
Object.assign(DiffieHellmanGroup.prototype, methods);

function createDiffieHellman(sizeOrKey, keyEncoding, generator, genEncoding) {
  return new DiffieHellman(sizeOrKey, keyEncoding, generator, genEncoding);
}

function createDiffieHellmanGroup(name) {
  return new DiffieHellmanGroup(name);
}

module.exports = {
  DiffieHellman, DiffieHellmanGroup, createDiffieHellman, createDiffieHellmanGroup,
  getDiffieHellman: createDiffieHellmanGroup,
};
