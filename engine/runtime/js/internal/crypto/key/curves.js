'use strict';

// The elliptic curves that keys can be of.

const curves = [
  // OpenSSL's name, JWK's and NIST's name, object identifier, bytes of a coordinate
  { name: 'prime256v1', jwk: 'P-256', nist: 'P-256', oid: '1.2.840.10045.3.1.7', size: 32, bits: 256 },
  { name: 'secp384r1', jwk: 'P-384', nist: 'P-384', oid: '1.3.132.0.34', size: 48, bits: 384 },
  { name: 'secp521r1', jwk: 'P-521', nist: 'P-521', oid: '1.3.132.0.35', size: 66, bits: 521 },
  { name: 'secp256k1', jwk: 'secp256k1', nist: undefined, oid: '1.3.132.0.10', size: 32, bits: 256 },
];

const aliases = { __proto__: null, 'P-256': 'prime256v1', 'P-384': 'secp384r1', 'P-521': 'secp521r1' };

function curveByName(name) {
  const proper = aliases[name] ?? name;
  return curves.find((curve) => curve.name === proper);
}

const curveByOid = (oid) => curves.find((curve) => curve.oid === oid);
const curveByJwk = (name) => curves.find((curve) => curve.jwk === name);

function getCurves() {
  return curves.map((curve) => curve.name).sort();
}

module.exports = { curveByJwk, curveByName, curveByOid, getCurves };
