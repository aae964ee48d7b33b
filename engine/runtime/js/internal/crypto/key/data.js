'use strict';

// What keys are inside: `{ type, kind, parts }` and what else belongs to the kind.
//
//   secret            bytes
//   rsa, rsa-pss      [n, e], private [n, e, d, p, q, dp, dq, qi]; `pss` with the restrictions of the key, if any
//   ec                [point], private [number, point]; `curve`
//   ed25519, x25519, ed448, x448   [public], private [secret, public]
//   ml-dsa-44, ml-kem-512 …   [public], private [seed, public]
//   dsa               [p, q, g, y], private [p, q, g, y, x]
//   dh                [p, g, y], private [p, g, y, x]

const { Buffer } = require('buffer');

/** Bytes of the public keys that are just bytes. */
const OKP_SIZES = {
  __proto__: null, ed25519: 32, x25519: 32, ed448: 57, x448: 56, 'ml-dsa-44': 1312, 'ml-dsa-65': 1952, 'ml-dsa-87': 2592,
  'ml-kem-512': 800, 'ml-kem-768': 1184, 'ml-kem-1024': 1568,
};

/** The public half of a private key. */
function publicOf(data) {
  const { kind, parts } = data;
  switch (kind) {
    case 'rsa':
    case 'rsa-pss':
      return { ...data, type: 'public', parts: parts.slice(0, 2) };
    case 'ec':
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
      return { ...data, type: 'public', parts: parts.slice(1) };
    case 'dsa':
      return { ...data, type: 'public', parts: parts.slice(0, 4) };
    default:
      return { ...data, type: 'public', parts: parts.slice(0, 3) };
  }
}

function bitLength(digits) {
  let start = 0;
  while (start < digits.length && digits[start] === 0) start++;
  return start === digits.length ? 0 : (digits.length - start) * 8 - (Math.clz32(digits[start]) - 24);
}

/** Digits without zeros in front. */
function trimmed(digits) {
  let start = 0;
  while (start < digits.length && digits[start] === 0) start++;
  return digits.subarray(start);
}

/** Digits in this many bytes. */
function padded(digits, length) {
  const rest = trimmed(digits);
  return Buffer.concat([Buffer.alloc(Math.max(0, length - rest.length)), rest]);
}

const digitsToBigInt = (digits) => BigInt(`0x${Buffer.from(digits).toString('hex') || '0'}`);

/** `asymmetricKeyDetails`. */
function detailsOf({ kind, parts, curve, pss }) {
  switch (kind) {
    case 'rsa':
    case 'rsa-pss':
      return {
        modulusLength: bitLength(parts[0]),
        publicExponent: digitsToBigInt(parts[1]),
        ...(pss && {
          hashAlgorithm: pss.hashAlgorithm, mgf1HashAlgorithm: pss.mgf1HashAlgorithm, saltLength: pss.saltLength,
        }),
      };
    case 'ec':
      return { namedCurve: curve.name };
    case 'dsa':
      return { modulusLength: bitLength(parts[0]), divisorLength: bitLength(parts[1]) };
    default:
      return {};
  }
}

function equal(left, right) {
  if (left.type !== right.type) return false;
  if (left.type === 'secret') {
    return left.bytes.byteLength === right.bytes.byteLength && ops.crypto_equal(left.bytes, right.bytes);
  }
  return (
    left.kind === right.kind &&
    left.curve === right.curve &&
    left.parts.length === right.parts.length &&
    left.parts.every((part, index) => Buffer.compare(trimmed(part), trimmed(right.parts[index])) === 0)
  );
}

module.exports = { OKP_SIZES, bitLength, detailsOf, digitsToBigInt, equal, padded, publicOf, trimmed };
