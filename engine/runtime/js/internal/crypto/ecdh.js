'use strict';

// Elliptic curve Diffie-Hellman (https://nodejs.org/api/crypto.html#class-ecdh).

const { Buffer } = require('buffer');
const { codes } = require('internal/errors');
const nativeErrors = require('internal/crypto/native_errors');
const { validateString } = require('internal/validators');
const { curveByName } = require('internal/crypto/key/curves');
const { padded } = require('internal/crypto/key/data');
const { encode, kHandle, toBytes } = require('internal/crypto/util');

const COMPRESSED = 2;
const UNCOMPRESSED = 4;
const HYBRID = 6;
const formats = { __proto__: null, compressed: COMPRESSED, hybrid: HYBRID, uncompressed: UNCOMPRESSED };

function failed(message) {
  return new nativeErrors.ERR_CRYPTO_OPERATION_FAILED(message);
}

function formatOf(format) {
  if (format === undefined || format === null || format === '') return UNCOMPRESSED;
  if (typeof format === 'string' && formats[format] !== undefined) return formats[format];
  if (format === COMPRESSED || format === UNCOMPRESSED || format === HYBRID) return format;
  throw new codes.ERR_CRYPTO_ECDH_INVALID_FORMAT(format);
}

/** A point in the form asked for. */
function written(curve, point, format) {
  const plain = Buffer.from(ops.crypto_ec_point(curve.name, point, format === COMPRESSED));
  if (format === HYBRID) plain[0] = HYBRID | (plain.at(-1) & 1);
  return plain;
}

function checkedCurve(name) {
  validateString(name, 'curve');
  const curve = curveByName(name);
  if (curve === undefined) throw new nativeErrors.ERR_CRYPTO_INVALID_CURVE();
  return curve;
}

/** What stands under `kHandle`. */
const Handle = class ECDH {};
const states = new WeakMap();

class ECDH {
  constructor(curve) {
    const found = checkedCurve(curve);
    this[kHandle] = new Handle();
    states.set(this, { curve: found, secret: undefined, point: undefined, isForeign: false });
  }

  static convertKey(key, curve, inputEncoding, outputEncoding, format) {
    validateString(curve, 'curve');
    const bytes = toBytes(key, 'key', inputEncoding);
    const form = formatOf(format);
    const found = curveByName(curve);
    if (found === undefined) throw new nativeErrors.ERR_CRYPTO_INVALID_CURVE();
    if (ops.crypto_ec_point(found.name, bytes, false) === undefined) {
      throw failed('Failed to convert Buffer to EC_POINT');
    }
    return encode(written(found, bytes, form), outputEncoding);
  }

  computeSecret(otherPublicKey, inputEncoding, outputEncoding) {
    const point = toBytes(otherPublicKey, 'otherPublicKey', inputEncoding);
    const { curve, secret, isForeign } = states.get(this);
    if (ops.crypto_ec_point(curve.name, point, false) === undefined) {
      throw new codes.ERR_CRYPTO_ECDH_INVALID_PUBLIC_KEY();
    }
    if (isForeign && secret !== undefined) throw new nativeErrors.ERR_CRYPTO_INVALID_KEYPAIR();
    const shared = secret === undefined ? null : ops.crypto_agree(curve.name, secret, point, undefined);
    if (shared === null) throw failed('Failed to compute ECDH key');
    return encode(shared, outputEncoding);
  }

  setPrivateKey(key, encoding) {
    const secret = toBytes(key, 'key', encoding);
    const state = states.get(this);
    const point = secret.byteLength === 0 ? undefined : ops.crypto_ec_public(state.curve.name, secret);
    if (point === undefined) {
      const error = new nativeErrors.ERR_CRYPTO_INVALID_KEYTYPE();
      error.message = 'Private key is not valid for specified curve.';
      throw error;
    }
    state.secret = padded(Buffer.from(secret.buffer, secret.byteOffset, secret.byteLength), 0);
    state.point = point;
    state.isForeign = false;
    return this;
  }

  setPublicKey(key, encoding) {
    const bytes = toBytes(key, 'key', encoding);
    const state = states.get(this);
    const point = ops.crypto_ec_point(state.curve.name, bytes, false);
    if (point === undefined) throw failed('Failed to convert Buffer to EC_POINT');
    state.isForeign = state.secret !== undefined && Buffer.compare(point, state.point) !== 0;
    state.point = point;
    return this;
  }

  getPrivateKey(encoding) {
    const { secret } = states.get(this);
    if (secret === undefined) throw failed('Failed to get ECDH private key');
    return encode(Buffer.from(secret), encoding);
  }

  generateKeys(encoding, format) {
    const state = states.get(this);
    const [secret, point] = ops.crypto_generate_key(state.curve.name, 0, 0, undefined);
    state.secret = padded(Buffer.from(secret), 0);
    state.point = point;
    state.isForeign = false;
    return this.getPublicKey(encoding, format);
  }

  getPublicKey(encoding, format) {
    const form = formatOf(format);
    const { curve, point } = states.get(this);
    if (point === undefined) throw failed('Failed to get ECDH public key');
    return encode(written(curve, point, form), encoding);
  }
}

ECDH.prototype.setPublicKey = require('internal/util/deprecate').deprecate(
  ECDH.prototype.setPublicKey, 'ecdh.setPublicKey() is deprecated.', 'DEP0031',
);

/** Also without `new`, as classes of old. */
const callable = new Proxy(ECDH, {
  apply: (_target, _this, args) => new ECDH(...args),
});
ECDH.prototype.constructor = callable;

function createECDH(curve) {
  return new ECDH(curve);
}

module.exports = { ECDH: callable, createECDH };
