'use strict';

// Certificate: signed public keys with a challenge, as browsers once sent them
// (https://nodejs.org/api/crypto.html#class-certificate).

const { Buffer } = require('buffer');
const { codes } = require('internal/errors');
const { DerError, SEQUENCE, read } = require('internal/crypto/key/der');
const { toBytes, viewed } = require('internal/crypto/util');

const MAX_BYTES = 2 ** 31 - 1;

function input(spkac, encoding) {
  const bytes = viewed(toBytes(spkac, 'spkac', encoding));
  if (bytes.length > MAX_BYTES) throw new codes.ERR_OUT_OF_RANGE('spkac', `<= ${MAX_BYTES}`, bytes.length);
  return bytes;
}

/** The parts of it; undefined for what is none. It comes in base64. */
function parsed(bytes) {
  try {
    const [signed, algorithm, signature] = read(Buffer.from(bytes.latin1Slice(), 'base64')).expect(SEQUENCE).children;
    const [key, challenge] = signed.children;
    return {
      signed: signed.whole,
      key: key.whole,
      challenge: Buffer.from(challenge.content),
      algorithm: algorithm.children[0].oid,
      signature: signature.bits,
    };
  } catch (error) {
    if (error instanceof DerError || error instanceof TypeError) return undefined;
    throw error;
  }
}

function verifySpkac(spkac, encoding) {
  const parts = parsed(input(spkac, encoding));
  const found = parts && require('internal/crypto/x509/names').signatures[parts.algorithm];
  if (!found) return false;
  const key = { key: parts.key, format: 'der', type: 'spki' };
  return require('internal/crypto/sign').verify(found[1], parts.signed, key, parts.signature);
}

function exportPublicKey(spkac, encoding) {
  const parts = parsed(input(spkac, encoding));
  if (parts === undefined) return '';
  return Buffer.from(require('internal/crypto/key/pem').encode('PUBLIC KEY', parts.key));
}

function exportChallenge(spkac, encoding) {
  return parsed(input(spkac, encoding))?.challenge ?? '';
}

function Certificate() {
  if (!(this instanceof Certificate)) return new Certificate();
}

for (const target of [Certificate, Certificate.prototype]) {
  Object.assign(target, { verifySpkac, exportPublicKey, exportChallenge });
}

module.exports = { Certificate };
