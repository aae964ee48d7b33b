'use strict';

// Keys as JSON (RFC 7517, RFC 7518, RFC 8037).

const { Buffer } = require('buffer');
const nativeErrors = require('internal/crypto/native_errors');
const { curveByJwk } = require('internal/crypto/key/curves');
const { OKP_SIZES, padded, trimmed } = require('internal/crypto/key/data');

const OKP = { __proto__: null, Ed25519: 'ed25519', X25519: 'x25519', Ed448: 'ed448', X448: 'x448' };
const RSA_PRIVATE = ['d', 'p', 'q', 'dp', 'dq', 'qi'];

function invalid(message) {
  const error = new nativeErrors.ERR_CRYPTO_INVALID_JWK();
  error.message = message;
  return error;
}

/** The bytes of members; throws when one is no text. */
function members(jwk, names, message) {
  return names.map((name) => {
    if (typeof jwk[name] !== 'string') throw invalid(message);
    return Buffer.from(jwk[name], 'base64url');
  });
}

function readRsa(jwk, wantsPrivate) {
  const message = 'Invalid JWK RSA key';
  const open = members(jwk, ['n', 'e'], message).map(trimmed);
  if (!wantsPrivate && jwk.d === undefined) return { type: 'public', kind: 'rsa', parts: open };
  const parts = members(jwk, RSA_PRIVATE, message).map(trimmed);
  return { type: 'private', kind: 'rsa', parts: [...open, ...parts] };
}

function readEc(jwk, wantsPrivate) {
  const message = 'Invalid JWK EC key';
  const curve = typeof jwk.crv === 'string' ? curveByJwk(jwk.crv) : undefined;
  if (curve === undefined) throw new nativeErrors.ERR_CRYPTO_INVALID_CURVE();
  const [x, y] = members(jwk, ['x', 'y'], message);
  if (x.length > curve.size || y.length > curve.size) throw invalid(message);
  const plain = Buffer.concat([Buffer.from([4]), padded(x, curve.size), padded(y, curve.size)]);
  const point = ops.crypto_ec_point(curve.name, plain, false);
  if (point === undefined) throw invalid(message);
  if (!wantsPrivate && jwk.d === undefined) {
    return { type: 'public', kind: 'ec', curve, parts: [Buffer.from(point)] };
  }
  const [secret] = members(jwk, ['d'], message);
  const own = ops.crypto_ec_public(curve.name, secret);
  if (own === undefined || Buffer.compare(own, point) !== 0) throw invalid(message);
  return { type: 'private', kind: 'ec', curve, parts: [secret, Buffer.from(point)] };
}

function readOkp(jwk, wantsPrivate) {
  const message = 'Invalid JWK OKP key';
  const kind = typeof jwk.crv === 'string' ? OKP[jwk.crv] : undefined;
  if (kind === undefined) throw invalid(message);
  const [open] = members(jwk, ['x'], message);
  if (open.length !== OKP_SIZES[kind]) throw invalid(message);
  if (!wantsPrivate && jwk.d === undefined) return { type: 'public', kind, parts: [open] };
  const [secret] = members(jwk, ['d'], message);
  const own = ops.crypto_okp_public(kind, secret);
  if (own === undefined || Buffer.compare(own, open) !== 0) throw invalid(message);
  return { type: 'private', kind, parts: [secret, open] };
}

function readAkp(jwk, wantsPrivate) {
  const message = 'Invalid JWK AKP key';
  const isKnown = typeof jwk.alg === 'string' && /^ML-(DSA-(44|65|87)|KEM-(512|768|1024))$/.test(jwk.alg);
  const kind = isKnown ? jwk.alg.toLowerCase() : undefined;
  if (kind === undefined) throw invalid(message);
  const [open] = members(jwk, ['pub'], message);
  if (open.length !== OKP_SIZES[kind]) throw invalid(message);
  if (!wantsPrivate && jwk.priv === undefined) return { type: 'public', kind, parts: [open] };
  const [seed] = members(jwk, ['priv'], message);
  const own = ops.crypto_okp_public(kind, seed);
  if (own === undefined || Buffer.compare(own, open) !== 0) throw invalid(message);
  return { type: 'private', kind, parts: [seed, open] };
}

/** The key that a JWK holds: the private one, or the public one if that is all there is or wanted. */
function read(jwk, wantsPrivate) {
  switch (jwk.kty) {
    case 'RSA':
      return readRsa(jwk, wantsPrivate);
    case 'EC':
      return readEc(jwk, wantsPrivate);
    case 'OKP':
      return readOkp(jwk, wantsPrivate);
    case 'AKP':
      return readAkp(jwk, wantsPrivate);
    default:
      throw invalid(typeof jwk.kty === 'string' ? `${jwk.kty} is not a supported JWK key type` : 'Invalid JWK format');
  }
}

const text = (bytes) => Buffer.from(bytes).toString('base64url');

/** The JWK of a key. */
function write({ type, kind, bytes, parts, curve }) {
  if (type === 'secret') return { kty: 'oct', k: text(bytes) };
  const isPrivate = type === 'private';
  switch (kind) {
    case 'rsa': {
      const jwk = { kty: 'RSA', n: text(parts[0]), e: text(parts[1]) };
      if (isPrivate) RSA_PRIVATE.forEach((name, index) => (jwk[name] = text(parts[2 + index])));
      return jwk;
    }
    case 'ec': {
      const point = parts.at(-1);
      const jwk = {
        kty: 'EC',
        x: text(point.subarray(1, 1 + curve.size)),
        y: text(point.subarray(1 + curve.size)),
        crv: curve.jwk,
      };
      if (isPrivate) jwk.d = text(padded(parts[0], curve.size));
      return jwk;
    }
    case 'ed25519':
    case 'x25519':
    case 'ed448':
    case 'x448': {
      const jwk = { kty: 'OKP', crv: Object.keys(OKP).find((name) => OKP[name] === kind), x: text(parts.at(-1)) };
      if (isPrivate) jwk.d = text(parts[0]);
      return jwk;
    }
    case 'ml-dsa-44':
    case 'ml-dsa-65':
    case 'ml-dsa-87':
    case 'ml-kem-512':
    case 'ml-kem-768':
    case 'ml-kem-1024': {
      const jwk = { kty: 'AKP', alg: kind.toUpperCase(), pub: text(parts.at(-1)) };
      if (isPrivate) jwk.priv = text(parts[0]);
      return jwk;
    }
    default:
      throw new nativeErrors.ERR_CRYPTO_JWK_UNSUPPORTED_KEY_TYPE();
  }
}

module.exports = { read, write };
