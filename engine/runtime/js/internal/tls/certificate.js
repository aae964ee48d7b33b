'use strict';

// Certificates as objects (https://nodejs.org/api/tls.html#certificate-object).

const CURVES = {
  '1.2.840.10045.3.1.7': ['prime256v1', 'P-256'],
  '1.3.132.0.34': ['secp384r1', 'P-384'],
  '1.3.132.0.35': ['secp521r1', 'P-521'],
  '1.3.132.0.10': ['secp256k1', undefined],
};

function toBuffer(bytes) {
  const { Buffer } = require('buffer');
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** Names as an object; what comes several times is a list. */
function toName(parts) {
  const name = { __proto__: null };
  for (let i = 0; i < parts.length; i += 2) {
    const [key, value] = [parts[i], parts[i + 1]];
    if (name[key] === undefined) name[key] = value;
    else if (Array.isArray(name[key])) name[key].push(value);
    else name[key] = [name[key], value];
  }
  return name;
}

/** Lines `OCSP - URI:http://…` as `{ 'OCSP - URI': ['http://…'] }`. */
function toAccess(text) {
  const access = { __proto__: null };
  for (const line of text.split('\n')) {
    const match = /^(.+? - [^:]+):(.*)$/.exec(line);
    if (match !== null) (access[match[1]] ??= []).push(match[2]);
  }
  return access;
}

/** The object for a certificate's bytes; undefined when they are none. */
function toObject(bytes) {
  const parts = ops.tls_certificate(bytes);
  if (parts === null) return undefined;
  const [subject, issuer, altNames, access, isAuthority, key, from, to, sha1, sha256, sha512, purposes, serial] = parts;
  const [kind, bits, modulus, exponent, keyBytes, curve] = key;
  const object = { subject: toName(subject), issuer: toName(issuer) };
  if (altNames !== null) object.subjectaltname = altNames;
  if (access !== null) object.infoAccess = toAccess(access);
  object.ca = isAuthority;
  if (kind === 'rsa') {
    Object.assign(object, { modulus, bits, exponent, pubkey: toBuffer(keyBytes) });
  } else if (kind === 'ec') {
    object.bits = bits;
    object.pubkey = toBuffer(keyBytes);
    const [asn1Curve, nistCurve] = CURVES[curve] ?? [];
    if (asn1Curve) object.asn1Curve = asn1Curve;
    if (nistCurve) object.nistCurve = nistCurve;
  }
  Object.assign(object, {
    valid_from: from, valid_to: to, fingerprint: sha1, fingerprint256: sha256, fingerprint512: sha512,
  });
  if (purposes !== null) object.ext_key_usage = purposes;
  Object.assign(object, { serialNumber: serial, raw: toBuffer(bytes) });
  return object;
}

const sameName = (one, other) => JSON.stringify(one) === JSON.stringify(other);

/** A chain as objects that refer to each other; the last one refers to itself when it is its own issuer. */
function toChain(list, isDetailed) {
  if (list.length === 0) return undefined;
  const first = toObject(list[0]);
  if (!isDetailed || first === undefined) return first;
  const others = list.slice(1).map(toObject).filter(Boolean);
  const seen = new Set();
  for (let current = first; !seen.has(current);) {
    seen.add(current);
    if (sameName(current.subject, current.issuer)) {
      current.issuerCertificate = current;
      break;
    }
    const { issuer } = current;
    const next = others.find((candidate) => !seen.has(candidate) && sameName(candidate.subject, issuer));
    if (next === undefined) break;
    current.issuerCertificate = next;
    current = next;
  }
  return first;
}

module.exports = { toBuffer, toChain, toObject };
