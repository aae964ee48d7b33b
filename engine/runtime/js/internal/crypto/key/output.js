'use strict';

// How keys leave: `export`, and the encodings that `generateKeyPair` is asked for
// (https://nodejs.org/api/crypto.html#keyobjectexportoptions).

const { Buffer } = require('buffer');
const { codes } = require('internal/errors');
const nativeErrors = require('internal/crypto/native_errors');
const { validateObject } = require('internal/validators');
const { isAnyArrayBuffer } = require('internal/buffer/base');
const { cipherByName } = require('internal/crypto/cipher_info');

const { isView } = ArrayBuffer;

function option(name, prefix) {
  return prefix === undefined ? name : `${prefix}.${name}`;
}

/** Bytes of a passphrase. */
function passphraseBytes(passphrase, encoding, name) {
  if (typeof passphrase === 'string') return Buffer.from(passphrase, encoding);
  if (isView(passphrase)) return Buffer.from(passphrase.buffer, passphrase.byteOffset, passphrase.byteLength);
  if (isAnyArrayBuffer(passphrase)) return Buffer.from(passphrase);
  throw new codes.ERR_INVALID_ARG_VALUE(name, passphrase);
}

function checkFormat(format, name) {
  if (format === undefined || format === 'pem') return 'pem';
  if (format === 'der' || format === 'jwk') return format;
  throw new codes.ERR_INVALID_ARG_VALUE(name, format);
}

function incompatible(type, reason) {
  return new codes.ERR_CRYPTO_INCOMPATIBLE_KEY_OPTIONS(type, reason);
}

const ONLY_RSA = 'can only be used for RSA keys';
const ONLY_EC = 'can only be used for EC keys';

/** Checks the options for a public key; `kind` is undefined when it is not known yet. */
function publicOptions(encoding, kind, prefix) {
  const format = checkFormat(encoding.format, option('format', prefix));
  const { type } = encoding;
  if (format === 'jwk') return { format };
  if (type !== 'pkcs1' && type !== 'spki') throw new codes.ERR_INVALID_ARG_VALUE(option('type', prefix), type);
  if (type === 'pkcs1' && kind !== undefined && kind !== 'rsa') throw incompatible(type, ONLY_RSA);
  return { format, type };
}

/** Checks the options for a private key. */
function privateOptions(encoding, kind, prefix) {
  const format = checkFormat(encoding.format, option('format', prefix));
  const { type, cipher, passphrase } = encoding;
  if (format !== 'jwk') {
    if (type !== 'pkcs1' && type !== 'pkcs8' && type !== 'sec1') {
      throw new codes.ERR_INVALID_ARG_VALUE(option('type', prefix), type);
    }
    if (type === 'pkcs1' && kind !== undefined && kind !== 'rsa') throw incompatible(type, ONLY_RSA);
    if (type === 'sec1' && kind !== undefined && kind !== 'ec') throw incompatible(type, ONLY_EC);
  } else if (cipher !== undefined && cipher !== null || passphrase !== undefined) {
    throw incompatible('jwk', 'does not support encryption');
  }
  let secret;
  if (cipher !== undefined && cipher !== null) {
    if (typeof cipher !== 'string') throw new codes.ERR_INVALID_ARG_VALUE(option('cipher', prefix), cipher);
    if (format === 'der' && type !== 'pkcs8') throw incompatible(type, 'does not support encryption');
    secret = passphraseBytes(passphrase, encoding.encoding, option('passphrase', prefix));
  } else if (passphrase !== undefined && passphrase !== null) {
    throw new codes.ERR_INVALID_ARG_VALUE(option('cipher', prefix), cipher);
  }
  return { format, type, cipher: secret === undefined ? undefined : cipher, passphrase: secret };
}

function writePublic(data, { format, type }) {
  if (format === 'jwk') return require('internal/crypto/key/jwk').write(data);
  const write = require('internal/crypto/key/write');
  const der = type === 'pkcs1' ? write.rsaPublic(data) : write.spki(data);
  if (format === 'der') return der;
  return require('internal/crypto/key/pem').encode(type === 'pkcs1' ? 'RSA PUBLIC KEY' : 'PUBLIC KEY', der);
}

function writePrivate(data, { format, type, cipher, passphrase }) {
  if (format === 'jwk') return require('internal/crypto/key/jwk').write(data);
  const write = require('internal/crypto/key/write');
  if (cipher !== undefined && cipherByName(cipher) === undefined) throw new nativeErrors.ERR_CRYPTO_UNKNOWN_CIPHER();
  if (type === 'pkcs8') {
    let der = write.pkcs8(data);
    if (cipher !== undefined) der = require('internal/crypto/key/encrypted').encrypt(der, cipher, passphrase);
    if (format === 'der') return der;
    return require('internal/crypto/key/pem').encode(`${cipher === undefined ? '' : 'ENCRYPTED '}PRIVATE KEY`, der);
  }
  const der = type === 'pkcs1' ? write.rsaPrivate(data) : write.ecPrivate(data);
  if (format === 'der') return der;
  const label = type === 'pkcs1' ? 'RSA PRIVATE KEY' : 'EC PRIVATE KEY';
  const pem = require('internal/crypto/key/pem');
  return cipher === undefined ? pem.encode(label, der) : pem.encodeEncrypted(label, der, cipher, passphrase);
}

function checkOptions(options) {
  validateObject(options, 'options');
}

function exportPublic(data, options) {
  checkOptions(options);
  return writePublic(data, publicOptions(options, data.kind, 'options'));
}

function exportPrivate(data, options) {
  checkOptions(options);
  return writePrivate(data, privateOptions(options, data.kind, 'options'));
}

module.exports = {
  exportPrivate, exportPublic, passphraseBytes, privateOptions, publicOptions, writePrivate, writePublic,
};
