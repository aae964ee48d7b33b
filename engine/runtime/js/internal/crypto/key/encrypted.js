'use strict';

// Encrypted private keys: PKCS #8 with PBES2 (RFC 8018).

const { Buffer } = require('buffer');
const nativeErrors = require('internal/crypto/native_errors');
const { createCipheriv, createDecipheriv } = require('internal/crypto/cipher');
const { cipherByName } = require('internal/crypto/cipher_info');
const { OCTET_STRING, SEQUENCE, nothing, octets, oid, read, sequence, small } = require('internal/crypto/key/der');
const oids = require('internal/crypto/key/oids');

const ITERATIONS = 2048;

const cipherOids = {
  __proto__: null,
  '2.16.840.1.101.3.4.1.1': 'aes-128-ecb',
  '2.16.840.1.101.3.4.1.21': 'aes-192-ecb',
  '2.16.840.1.101.3.4.1.41': 'aes-256-ecb',
  '2.16.840.1.101.3.4.1.2': 'aes-128-cbc',
  '2.16.840.1.101.3.4.1.22': 'aes-192-cbc',
  '2.16.840.1.101.3.4.1.42': 'aes-256-cbc',
  '1.2.840.113549.3.7': 'des-ede3-cbc',
};

const hmacOids = {
  __proto__: null,
  '1.2.840.113549.2.7': 'sha1',
  '1.2.840.113549.2.8': 'sha224',
  '1.2.840.113549.2.9': 'sha256',
  '1.2.840.113549.2.10': 'sha384',
  '1.2.840.113549.2.11': 'sha512',
};

const oidIn = (table, name) => Object.keys(table).find((key) => table[key] === name);

/** Whether this is an encrypted PKCS #8: its first element says how, the second is the secret. */
function isEncrypted(der) {
  const [first, second] = read(der).expect(SEQUENCE).children;
  return first?.tag === SEQUENCE && second?.tag === OCTET_STRING;
}

/** The key inside, as PKCS #8; undefined for ways that are not known. */
function decrypt(der, passphrase) {
  const [algorithm, secret] = read(der).expect(SEQUENCE).children;
  const [id, parameters] = algorithm.children;
  if (id.oid !== oids.PBES2) return undefined;
  const [derivation, encryption] = parameters.children;
  const [derivationId, derivationParameters] = derivation.children;
  if (derivationId.oid !== oids.PBKDF2) return undefined;
  const [salt, iterations, ...rest] = derivationParameters.children;
  const function_ = rest.find((element) => element.tag === SEQUENCE);
  const digest = function_ === undefined ? 'sha1' : hmacOids[function_.children[0].oid];
  const [cipherId, iv] = encryption.children;
  const info = cipherByName(cipherOids[cipherId.oid] ?? '');
  if (digest === undefined || info === undefined) return undefined;
  const key = ops.crypto_pbkdf2(passphrase, salt.content, iterations.number, info.keyLength, digest, undefined);
  const decipher = createDecipheriv(info.name, key, iv?.content ?? null);
  return Buffer.concat([decipher.update(secret.content), decipher.final()]);
}

function encrypt(der, cipherName, passphrase) {
  const info = cipherByName(cipherName);
  if (info === undefined) throw new nativeErrors.ERR_CRYPTO_UNKNOWN_CIPHER();
  const cipherOid = oidIn(cipherOids, info.name);
  if (cipherOid === undefined) {
    throw require('internal/crypto/openssl_error').opensslError(
      'error:06800087:asn1 encoding routines::cipher has no object identifier',
    );
  }
  const salt = Buffer.alloc(16);
  const iv = Buffer.alloc(info.ivLength ?? 0);
  ops.crypto_random_fill(salt);
  if (iv.length > 0) ops.crypto_random_fill(iv);
  const key = ops.crypto_pbkdf2(passphrase, salt, ITERATIONS, info.keyLength, 'sha256', undefined);
  const cipher = createCipheriv(info.name, key, iv.length > 0 ? iv : null);
  const secret = Buffer.concat([cipher.update(der), cipher.final()]);
  const derivation = sequence(
    oid(oids.PBKDF2),
    sequence(octets(salt), small(ITERATIONS), sequence(oid(oidIn(hmacOids, 'sha256')), nothing())),
  );
  const encryption = iv.length > 0 ? sequence(oid(cipherOid), octets(iv)) : sequence(oid(cipherOid));
  const algorithm = sequence(oid(oids.PBES2), sequence(derivation, encryption));
  return sequence(algorithm, octets(secret));
}

module.exports = { decrypt, encrypt, isEncrypted };
