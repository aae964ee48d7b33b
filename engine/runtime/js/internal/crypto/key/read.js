'use strict';

// Keys from DER: PKCS #1 (RFC 8017), PKCS #8 (RFC 5958), SEC 1 (RFC 5915) and SubjectPublicKeyInfo (RFC 5280).
// What is none of these, or of a kind that there is not, throws.

const { Buffer } = require('buffer');
const { DerError, OCTET_STRING, OID, SEQUENCE, read } = require('internal/crypto/key/der');
const { curveByOid } = require('internal/crypto/key/curves');
const { OKP_SIZES } = require('internal/crypto/key/data');
const oids = require('internal/crypto/key/oids');

function unsupported() {
  throw new DerError('unsupported');
}

const numbers = (elements) => elements.map((element) => Buffer.from(element.unsigned));

function rsaPrivate(der, kind = 'rsa', pss = undefined) {
  const [version, ...rest] = read(der).expect(SEQUENCE).children;
  if (version === undefined || version.number !== 0 || rest.length < 8) unsupported();
  return { type: 'private', kind, parts: numbers(rest.slice(0, 8)), pss };
}

function rsaPublic(der, kind = 'rsa', pss = undefined) {
  const elements = read(der).expect(SEQUENCE).children;
  if (elements.length !== 2) unsupported();
  return { type: 'public', kind, parts: numbers(elements), pss };
}

function curveOf(parameters) {
  if (parameters === undefined || parameters.tag !== OID) unsupported();
  return curveByOid(parameters.oid) ?? unsupported();
}

function ecPrivate(der, parameters = undefined) {
  const elements = read(der).expect(SEQUENCE).children;
  if (elements.length < 2 || elements[0].number !== 1) unsupported();
  const secret = Buffer.from(elements[1].expect(OCTET_STRING).content);
  const own = elements.find((element) => element.tag === 0xa0);
  const curve = curveOf(parameters ?? own?.children[0]);
  const point = ops.crypto_ec_public(curve.name, secret) ?? unsupported();
  return { type: 'private', kind: 'ec', curve, parts: [secret, Buffer.from(point)] };
}

/** The restrictions of a key for PSS (RFC 4055), undefined without any. */
function pssParameters(element) {
  if (element === undefined || element.tag !== SEQUENCE) return undefined;
  const found = { hashAlgorithm: 'sha1', mgf1HashAlgorithm: 'sha1', saltLength: 20 };
  for (const part of element.children) {
    const { tag } = part;
    const [inside] = part.children;
    if (tag === 0xa0) found.hashAlgorithm = oids.digestByOid(inside.children[0].oid) ?? unsupported();
    if (tag === 0xa1) {
      found.mgf1HashAlgorithm = oids.digestByOid(inside.children[1].children[0].oid) ?? unsupported();
    }
    if (tag === 0xa2) found.saltLength = inside.number;
  }
  return found;
}

/** The private key in an element of PKCS #8. */
function pkcs8(der) {
  const [version, algorithm, key] = read(der).expect(SEQUENCE).children;
  if (key === undefined || version.number > 1) unsupported();
  const [id, parameters] = algorithm.expect(SEQUENCE).children;
  const content = key.expect(OCTET_STRING).content;
  const kind = oids.kindByOid(id.oid);
  switch (kind) {
    case 'rsa':
      return rsaPrivate(content);
    case 'rsa-pss':
      return rsaPrivate(content, kind, pssParameters(parameters));
    case 'ec':
      return ecPrivate(content, parameters);
    case 'ed25519':
    case 'x25519':
    case 'ed448':
    case 'x448': {
      const secret = Buffer.from(read(content).expect(OCTET_STRING).content);
      const open = ops.crypto_okp_public(kind, secret) ?? unsupported();
      return { type: 'private', kind, parts: [secret, Buffer.from(open)] };
    }
    case 'ml-dsa-44':
    case 'ml-dsa-65':
    case 'ml-dsa-87':
    case 'ml-kem-512':
    case 'ml-kem-768':
    case 'ml-kem-1024': {
      // The seed alone, or with the key that follows from it; without the seed a key cannot be told to be one.
      const inner = read(content);
      const seed = inner.tag === 0x80 ? inner.content : inner.expect(SEQUENCE).children[0].expect(OCTET_STRING).content;
      const open = ops.crypto_okp_public(kind, seed) ?? unsupported();
      return { type: 'private', kind, parts: [Buffer.from(seed), Buffer.from(open)] };
    }
    case 'dsa': {
      const [p, q, g] = numbers(parameters.children);
      const x = Buffer.from(read(content).unsigned);
      return { type: 'private', kind, parts: [p, q, g, Buffer.from(ops.crypto_power(g, x, p, undefined)), x] };
    }
    case 'dh': {
      const [p, g] = numbers(parameters.children);
      const x = Buffer.from(read(content).unsigned);
      return { type: 'private', kind, parts: [p, g, Buffer.from(ops.crypto_power(g, x, p, undefined)), x] };
    }
    default:
      return unsupported();
  }
}

/** The public key in a SubjectPublicKeyInfo. */
function spki(der) {
  const [algorithm, key] = read(der).expect(SEQUENCE).children;
  if (key === undefined) unsupported();
  const [id, parameters] = algorithm.expect(SEQUENCE).children;
  const content = key.bits;
  const kind = oids.kindByOid(id.oid);
  switch (kind) {
    case 'rsa':
      return rsaPublic(content);
    case 'rsa-pss':
      return rsaPublic(content, kind, pssParameters(parameters));
    case 'ec': {
      const curve = curveOf(parameters);
      const point = ops.crypto_ec_point(curve.name, content, false) ?? unsupported();
      return { type: 'public', kind, curve, parts: [Buffer.from(point)] };
    }
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
      if (content.length !== OKP_SIZES[kind]) unsupported();
      return { type: 'public', kind, parts: [Buffer.from(content)] };
    case 'dsa':
    case 'dh': {
      const group = parameters.children.slice(0, kind === 'dsa' ? 3 : 2);
      return { type: 'public', kind, parts: numbers([...group, read(content)]) };
    }
    default:
      return unsupported();
  }
}

/** A private DSA key as OpenSSL used to write it. */
function dsaPrivate(der) {
  const [version, p, q, g, y, x] = read(der).expect(SEQUENCE).children;
  if (x === undefined || version.number !== 0) unsupported();
  return { type: 'private', kind: 'dsa', parts: numbers([p, q, g, y, x]) };
}

module.exports = { dsaPrivate, ecPrivate, pkcs8, rsaPrivate, rsaPublic, spki };
