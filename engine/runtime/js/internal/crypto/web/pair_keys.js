'use strict';

// Keys of which there are two: RSA, curves, Ed25519 and X25519
// (https://w3c.github.io/webcrypto/#rsassa-pkcs1 and following).

const { Buffer } = require('buffer');
const { checkUsages, domError, operationError, run, runForBytes } = require('internal/crypto/web/operation');
const { cryptoKey, inside, keyData } = require('internal/crypto/web/key');
const { digests } = require('internal/crypto/web/digest');
const { isRsa } = require('internal/crypto/web/normalize');
const { curveByJwk } = require('internal/crypto/key/curves');
const { OKP_SIZES, bitLength, publicOf, trimmed } = require('internal/crypto/key/data');
const jwk = require('internal/crypto/web/jwk');
const { toArrayBuffer } = require('internal/crypto/util');

/** Usages of private and public keys. */
function usagesOf(name) {
  switch (name) {
    case 'RSA-OAEP':
      return { private: ['decrypt', 'unwrapKey'], public: ['encrypt', 'wrapKey'] };
    case 'ECDH':
    case 'X25519':
    case 'X448':
      return { private: ['deriveKey', 'deriveBits'], public: [] };
    default:
      return { private: ['sign'], public: ['verify'] };
  }
}

const webCurves = ['P-256', 'P-384', 'P-521'];

function curveOf(name) {
  const curve = webCurves.includes(name) ? curveByJwk(name) : undefined;
  if (curve === undefined) throw domError('Unrecognized namedCurve', 'NotSupportedError');
  return curve;
}

/** What a key says of itself. */
function algorithmOf({ name, hash }, data) {
  if (isRsa(name)) {
    return {
      name, modulusLength: bitLength(data.parts[0]), publicExponent: new Uint8Array(trimmed(data.parts[1])), hash,
    };
  }
  return data.kind === 'ec' ? { name, namedCurve: data.curve.jwk } : { name };
}

function planOf(algorithm) {
  const { name } = algorithm;
  if (isRsa(name)) {
    const digits = trimmed(algorithm.publicExponent);
    if (digits.length > 4) {
      throw operationError('The publicExponent must be equivalent to an unsigned 32-bit value');
    }
    const exponent = Number(`0x${Buffer.from(digits).toString('hex') || '0'}`);
    if (exponent < 3) throw operationError('algorithm.publicExponent must be at least 3');
    if (exponent % 2 === 0 || algorithm.modulusLength < 256) throw operationError();
    return { kind: 'rsa', native: ['rsa', algorithm.modulusLength, exponent] };
  }
  if (name === 'ECDSA' || name === 'ECDH') {
    const curve = curveOf(algorithm.namedCurve);
    return { kind: 'ec', curve, native: [curve.name, 0, 0] };
  }
  const kind = name.toLowerCase();
  return { kind, native: [kind, 0, 0] };
}

async function generateKey(algorithm, extractable, usages) {
  const { name } = algorithm;
  const allowed = usagesOf(name);
  checkUsages(usages, [...allowed.private, ...allowed.public], name);
  const { kind, curve, native } = planOf(algorithm);
  const ofPrivate = usages.filter((usage) => allowed.private.includes(usage));
  const ofPublic = usages.filter((usage) => allowed.public.includes(usage));
  if (ofPrivate.length === 0) throw domError('Usages cannot be empty when creating a key.', 'SyntaxError');
  const parts = await run((callback) => ops.crypto_generate_key(...native, callback));
  const data = { type: 'private', kind, curve, parts: parts.map((part) => Buffer.from(part)) };
  const own = algorithmOf(algorithm, data);
  return {
    publicKey: cryptoKey(publicOf(data), own, true, ofPublic),
    privateKey: cryptoKey(data, own, extractable, ofPrivate),
  };
}

const isMlDsa = (name) => name.startsWith('ML-DSA');
const KTY = (name) => (isMlDsa(name) ? 'AKP' : isRsa(name) ? 'RSA' : name === 'ECDSA' || name === 'ECDH' ? 'EC' : 'OKP');

function jwkAlg({ name, hash }) {
  if (isRsa(name) && /^SHA3/.test(hash.name)) return undefined;
  const bits = hash?.name.slice(4);
  switch (name) {
    case 'RSASSA-PKCS1-v1_5':
      return `RS${bits}`;
    case 'RSA-PSS':
      return `PS${bits}`;
    case 'RSA-OAEP':
      return bits === '1' ? 'RSA-OAEP' : `RSA-OAEP-${bits}`;
    case 'Ed25519':
    case 'Ed448':
      return name;
    default:
      return undefined;
  }
}

function fromJwk(given, algorithm, extractable, usages) {
  const { name } = algorithm;
  const kty = KTY(name);
  const use = name === 'RSA-OAEP' || name === 'ECDH' || name.startsWith('X') ? 'enc' : 'sig';
  jwk.check(given, kty, use, extractable, usages);
  if (kty === 'EC') {
    const curve = curveOf(algorithm.namedCurve);
    if (given.crv !== curve.jwk) throw jwk.invalid('JWK "crv" does not match the requested algorithm');
    const alg = { 'P-256': 'ES256', 'P-384': 'ES384', 'P-521': 'ES512' }[curve.jwk];
    if (name === 'ECDSA' && given.alg !== undefined && given.alg !== alg) {
      throw jwk.invalid('JWK "alg" does not match the requested algorithm');
    }
  } else if (kty === 'AKP') {
    if (given.alg !== name) throw jwk.invalid('JWK "alg" Parameter and algorithm name mismatch');
  } else if (kty === 'OKP') {
    if (given.crv !== name) throw jwk.invalid('JWK "crv" Parameter and algorithm name mismatch');
    if (given.alg !== undefined && name.startsWith('Ed') && given.alg !== name && given.alg !== 'EdDSA') {
      throw jwk.invalid('JWK "alg" does not match the requested algorithm');
    }
  } else {
    const alg = jwkAlg(algorithm);
    if (given.alg !== undefined && alg !== undefined && given.alg !== alg) {
      throw jwk.invalid('JWK "alg" does not match the requested algorithm');
    }
  }
  const isPrivate = (kty === 'AKP' ? given.priv : given.d) !== undefined;
  return jwk.reading(() => require('internal/crypto/key/jwk').read(given, isPrivate));
}

function fromRaw(given, algorithm) {
  const { name } = algorithm;
  if (name === 'ECDSA' || name === 'ECDH') {
    const curve = curveOf(algorithm.namedCurve);
    const point = ops.crypto_ec_point(curve.name, given, false);
    if (point === undefined) throw jwk.invalid('Invalid keyData');
    return { type: 'public', kind: 'ec', curve, parts: [Buffer.from(point)] };
  }
  if (given.length !== OKP_SIZES[name.toLowerCase()]) throw jwk.invalid('Invalid keyData');
  return { type: 'public', kind: name.toLowerCase(), parts: [given] };
}

function fromSeed(seed, kind) {
  const open = ops.crypto_okp_public(kind, seed);
  if (open === undefined) throw jwk.invalid('Invalid keyData');
  return { type: 'private', kind, parts: [seed, Buffer.from(open)] };
}

function cannotImport(name, format) {
  return domError(`Unable to import ${name} using ${format} format`, 'NotSupportedError');
}

function importKey(format, given, algorithm, extractable, usages) {
  const { name } = algorithm;
  const kind = planKind(name);
  const allowed = usagesOf(name);
  if (name === 'ECDSA' || name === 'ECDH') curveOf(algorithm.namedCurve);
  if ((format.startsWith('raw') && isRsa(name)) || (format === 'raw' && isMlDsa(name))) throw cannotImport(name, format);
  let isPrivate;
  if (format === 'pkcs8' || (format === 'raw-seed' && isMlDsa(name))) isPrivate = true;
  else if (format === 'jwk') isPrivate = (isMlDsa(name) ? given?.priv : given?.d) !== undefined;
  else if (format === 'spki' || format === 'raw' || format === 'raw-public') isPrivate = false;
  else throw cannotImport(name, format);
  if (format !== 'jwk' || (typeof given === 'object' && given !== null && !ArrayBuffer.isView(given))) {
    checkUsages(usages, isPrivate ? allowed.private : allowed.public, name);
  }
  let data;
  if (format === 'jwk') data = fromJwk(given, algorithm, extractable, usages);
  else if (format === 'pkcs8') data = jwk.reading(() => require('internal/crypto/key/read').pkcs8(given));
  else if (format === 'spki') data = jwk.reading(() => require('internal/crypto/key/read').spki(given));
  else if (format === 'raw-seed') data = fromSeed(given, kind);
  else data = fromRaw(given, algorithm);
  if (data.kind !== kind) throw jwk.invalid('Invalid key type');
  if (kind === 'ec' && data.curve.jwk !== algorithm.namedCurve) throw jwk.invalid('Named curve mismatch');
  if (data.type === 'private' && usages.length === 0) {
    throw domError('Usages cannot be empty when importing a private key.', 'SyntaxError');
  }
  return cryptoKey(data, algorithmOf(algorithm, data), extractable, usages);
}

function planKind(name) {
  if (isRsa(name)) return 'rsa';
  return name === 'ECDSA' || name === 'ECDH' ? 'ec' : name.toLowerCase();
}

function exportKey(format, key) {
  const data = keyData(key);
  const { algorithm } = inside(key);
  const { name } = algorithm;
  const write = require('internal/crypto/key/write');
  const need = (type) => {
    if (data.type !== type) throw domError(`Key must be a ${type} key`, 'InvalidAccessError');
  };
  switch (format) {
    case 'spki':
      need('public');
      return toArrayBuffer(new Uint8Array(write.spki(data)));
    case 'pkcs8':
      need('private');
      return toArrayBuffer(new Uint8Array(write.pkcs8(data)));
    case 'jwk':
      return jwk.exported(key, data, jwkAlg(algorithm));
    case 'raw-seed':
      if (isMlDsa(name)) {
        need('private');
        return toArrayBuffer(new Uint8Array(data.parts[0]));
      }
      break;
    case 'raw':
    case 'raw-public':
      if (!isRsa(name) && !(format === 'raw' && isMlDsa(name))) {
        need('public');
        return toArrayBuffer(new Uint8Array(data.parts[0]));
      }
  }
  throw domError(`Unable to export ${name} ${data.type} key using ${format} format`, 'NotSupportedError');
}

/** How a key signs, for the op. */
function scheme({ name, saltLength, hash, context }, key) {
  const own = inside(key).algorithm;
  switch (name) {
    case 'Ed25519':
    case 'Ed448':
    case 'ML-DSA-44':
    case 'ML-DSA-65':
    case 'ML-DSA-87':
      return [name.toLowerCase(), '', context];
    case 'ECDSA':
      return [keyData(key).curve.name, digests[hash.name], undefined];
    case 'RSA-PSS': {
      const digest = digests[own.hash.name];
      return ['rsa-pss', digest, [digest, saltLength]];
    }
    default:
      return ['rsa', digests[own.hash.name], undefined];
  }
}

function checkType(key, type) {
  if (keyData(key).type !== type) {
    throw domError('The requested operation is not valid for the provided key', 'InvalidAccessError');
  }
}

function checkContext({ name, context }) {
  if (name === 'Ed25519' && context !== undefined && context.length > 0) {
    throw domError('Non zero-length context is not supported.', 'OperationError');
  }
}

async function sign(algorithm, key, data) {
  checkType(key, 'private');
  checkContext(algorithm);
  return runForBytes((callback) =>
    ops.crypto_sign(...scheme(algorithm, key), keyData(key).parts, data, false, callback));
}

async function verify(algorithm, key, signature, data) {
  checkType(key, 'public');
  checkContext(algorithm);
  return run((callback) =>
    ops.crypto_verify(...scheme(algorithm, key), keyData(key).parts, data, false, signature, callback));
}

function oaep(operation, type) {
  return async ({ label }, key, data) => {
    checkType(key, type);
    const digest = digests[inside(key).algorithm.hash.name];
    return runForBytes((callback) =>
      ops.crypto_rsa(operation, 'oaep', digest, digest, label ?? Buffer.alloc(0), keyData(key).parts, data, callback));
  };
}

const encrypt = oaep(0, 'public');
const decrypt = oaep(1, 'private');

/** As many bits of the shared secret as are wanted; null for all. */
async function deriveBits({ name, public: other }, key, length) {
  const open = keyData(other);
  const data = keyData(key);
  if (open.type !== 'public') throw domError('algorithm.public must be a public key', 'InvalidAccessError');
  if (data.type !== 'private') throw domError('baseKey must be a private key', 'InvalidAccessError');
  if (inside(other).algorithm.name !== name) {
    throw domError('key algorithm mismatch', 'InvalidAccessError');
  }
  if (open.curve !== data.curve) throw domError('Named curve mismatch', 'InvalidAccessError');
  const native = data.kind === 'ec' ? data.curve.name : data.kind;
  const shared = await runForBytes((callback) => ops.crypto_agree(native, data.parts[0], open.parts[0], callback));
  if (length === null) return shared;
  const bytes = Math.ceil(length / 8);
  if (bytes > shared.byteLength) throw operationError('derived bit length is too small');
  const out = shared.slice(0, bytes);
  const unused = bytes * 8 - length;
  if (unused > 0) new Uint8Array(out)[bytes - 1] &= (0xff << unused) & 0xff;
  return out;
}

/** The public key of a private one. */
function publicKeyOf(key, usages) {
  const { algorithm } = inside(key);
  checkUsages(usages, usagesOf(algorithm.name).public, algorithm.name);
  return cryptoKey(publicOf(keyData(key)), algorithm, true, usages);
}

module.exports = {
  decrypt, deriveBits, encrypt, exportKey, generateKey, importKey, publicKeyOf, sign, verify,
};
