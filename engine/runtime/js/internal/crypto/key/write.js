'use strict';

// Keys as DER.

const { bitString, nothing, octets, oid, sequence, small, unsigned, write } = require('internal/crypto/key/der');
const { Buffer } = require('buffer');
const { padded } = require('internal/crypto/key/data');
const oids = require('internal/crypto/key/oids');

const rsaPrivate = ({ parts }) => sequence(small(0), ...parts.map(unsigned));
const rsaPublic = ({ parts }) => sequence(...parts.slice(0, 2).map(unsigned));

/** SEC 1; the curve is left out where it stands around the key already. */
function ecPrivate({ curve, parts: [secret, point] }, withCurve = true) {
  return sequence(
    small(1),
    octets(padded(secret, curve.size)),
    ...(withCurve ? [write(0xa0, oid(curve.oid))] : []),
    write(0xa1, bitString(point)),
  );
}

const digestId = (name) => sequence(oid(oids.oidOfDigest(name)), nothing());

function pssParameters({ hashAlgorithm, mgf1HashAlgorithm, saltLength }) {
  const parts = [];
  if (hashAlgorithm !== 'sha1') parts.push(write(0xa0, digestId(hashAlgorithm)));
  if (mgf1HashAlgorithm !== 'sha1') parts.push(write(0xa1, sequence(oid(oids.MGF1), digestId(mgf1HashAlgorithm))));
  if (saltLength !== 20) parts.push(write(0xa2, small(saltLength)));
  return sequence(...parts);
}

/** The kind of a key, with its parameters. */
function algorithmId({ kind, parts, curve, pss }) {
  const id = oid(oids.oidOfKind(kind));
  switch (kind) {
    case 'rsa':
      return sequence(id, nothing());
    case 'rsa-pss':
      return pss === undefined ? sequence(id) : sequence(id, pssParameters(pss));
    case 'ec':
      return sequence(id, oid(curve.oid));
    case 'dsa':
      return sequence(id, sequence(...parts.slice(0, 3).map(unsigned)));
    case 'dh':
      return sequence(id, sequence(...parts.slice(0, 2).map(unsigned)));
    default:
      return sequence(id);
  }
}

function pkcs8(data) {
  const { kind, parts } = data;
  let key;
  if (kind === 'rsa' || kind === 'rsa-pss') key = rsaPrivate(data);
  else if (kind === 'ec') key = ecPrivate(data, false);
  else if (kind === 'dsa' || kind === 'dh') key = unsigned(parts.at(-1));
  else if (kind.startsWith('ml-')) key = write(0x80, parts[0]);
  else key = octets(parts[0]);
  return sequence(small(0), algorithmId(data), octets(key));
}

function spki(data) {
  const { kind, parts } = data;
  let key;
  if (kind === 'rsa' || kind === 'rsa-pss') key = rsaPublic(data);
  else if (kind === 'dsa' || kind === 'dh') key = unsigned(parts.at(-1));
  else [key] = parts;
  return sequence(algorithmId(data), bitString(Buffer.from(key)));
}

module.exports = { ecPrivate, pkcs8, rsaPrivate, rsaPublic, spki };
