'use strict';

// Keys from arguments: objects, PEM, DER and JWK (https://nodejs.org/api/crypto.html#cryptocreateprivatekeykey).

const { Buffer } = require('buffer');
const { codes } = require('internal/errors');
const nativeErrors = require('internal/crypto/native_errors');
const { isAnyArrayBuffer } = require('internal/buffer/base');
const { validateObject } = require('internal/validators');
const { DerError } = require('internal/crypto/key/der');
const { publicOf } = require('internal/crypto/key/data');
const { dataOf, isKeyObject, keyObject } = require('internal/crypto/key/objects');
const { opensslError } = require('internal/crypto/openssl_error');

const { isView } = ArrayBuffer;

const BYTES = ['string', 'ArrayBuffer', 'Buffer', 'TypedArray', 'DataView'];
const ANY = [...BYTES, 'KeyObject', 'CryptoKey'];

/** What an argument may be. */
function formsOf(wantsPrivate, takesObjects) {
  const forms = takesObjects ? ANY : BYTES;
  return wantsPrivate ? [...forms, 'URL'] : forms;
}

const UNSUPPORTED = 'error:1E08010C:DECODER routines::unsupported';
const NO_PASSPHRASE = 'error:07880109:common libcrypto routines::interrupted or cancelled';

function failed(message) {
  const error = opensslError(message);
  const { library, reason, code } = error;
  for (const key of ['library', 'reason', 'code']) delete error[key];
  if (message === NO_PASSPHRASE) {
    // OpenSSL has a prefix for its core here.
    const ownCode = 'ERR_OSSL_CRYPTO_INTERRUPTED_OR_CANCELLED';
    return Object.assign(error, { opensslErrorStack: [message], library, reason, code: ownCode });
  }
  return Object.assign(error, { opensslErrorStack: [message], library, reason, code });
}

/** What reading throws, as OpenSSL says it. */
function decoded(read) {
  try {
    return read();
  } catch (error) {
    if (error instanceof DerError || error instanceof RangeError) throw failed(decoderMessage(error.message));
    throw error;
  }
}

function decoderMessage(reason) {
  if (reason === 'not enough data') return 'error:0680008E:asn1 encoding routines::not enough data';
  return UNSUPPORTED;
}

/** The private key in a block of PEM; undefined when the block is something else. */
function privateFromPem(block, passphrase) {
  const read = require('internal/crypto/key/read');
  let { label, der } = block;
  if (block.headers !== undefined && /ENCRYPTED/.test(block.headers)) {
    if (passphrase === undefined) throw failed(NO_PASSPHRASE);
    der = require('internal/crypto/key/pem').decrypt(block, passphrase);
    if (der === undefined) return undefined;
    try {
      return privateFromPem({ label, der }, passphrase);
    } catch (error) {
      // A wrong passphrase may leave something that looks like padding.
      if (error instanceof DerError) throw failed('error:1C800064:Provider routines::bad decrypt');
      throw error;
    }
  }
  switch (label) {
    case 'RSA PRIVATE KEY':
      return read.rsaPrivate(der);
    case 'EC PRIVATE KEY':
      return read.ecPrivate(der);
    case 'DSA PRIVATE KEY':
      return read.dsaPrivate(der);
    case 'PRIVATE KEY':
      return read.pkcs8(der);
    case 'ENCRYPTED PRIVATE KEY': {
      if (passphrase === undefined) throw failed(NO_PASSPHRASE);
      const plain = require('internal/crypto/key/encrypted').decrypt(der, passphrase);
      return plain && read.pkcs8(plain);
    }
    default:
      return undefined;
  }
}

function publicFromPem(block) {
  const read = require('internal/crypto/key/read');
  switch (block.label) {
    case 'PUBLIC KEY':
      return read.spki(block.der);
    case 'RSA PUBLIC KEY':
      return read.rsaPublic(block.der);
    case 'CERTIFICATE':
    case 'X509 CERTIFICATE':
      return read.spki(require('internal/crypto/x509/parse').parse(block.der).spki);
    default:
      return undefined;
  }
}

function fromPem(text, wantsPrivate, passphrase) {
  for (const block of require('internal/crypto/key/pem').decode(text)) {
    const found = (wantsPrivate ? undefined : publicFromPem(block)) ?? privateFromPem(block, passphrase);
    if (found !== undefined) return found;
  }
  throw new DerError('unsupported');
}

function fromDer(der, type, wantsPrivate, passphrase) {
  const read = require('internal/crypto/key/read');
  if (type === 'spki') return read.spki(der);
  if (type === 'sec1') return read.ecPrivate(der);
  if (type === 'pkcs8') {
    const encrypted = require('internal/crypto/key/encrypted');
    if (!encrypted.isEncrypted(der)) return read.pkcs8(der);
    if (passphrase === undefined) throw new nativeErrors.ERR_MISSING_PASSPHRASE();
    return read.pkcs8(encrypted.decrypt(der, passphrase) ?? der);
  }
  if (wantsPrivate) return read.rsaPrivate(der);
  const { children } = require('internal/crypto/key/der').read(der);
  return children.length === 2 ? read.rsaPublic(der) : read.rsaPrivate(der);
}

const TYPES = ['pkcs1', 'spki', 'pkcs8', 'sec1'];

/** Bytes or text of a key with the options around it. */
function fromBytes(value, options, wantsPrivate, name) {
  const { format = 'pem', type, encoding } = options;
  if (format !== 'pem' && format !== 'der') throw new codes.ERR_INVALID_ARG_VALUE(`${name}.format`, format);
  const needsType = format === 'der';
  if (needsType || type !== undefined) {
    const fits = TYPES.includes(type) && !(wantsPrivate && type === 'spki');
    if (!fits && (needsType || type !== undefined)) throw new codes.ERR_INVALID_ARG_VALUE(`${name}.type`, type);
  }
  let passphrase;
  if (options.passphrase !== undefined && options.passphrase !== null) {
    const { passphraseBytes } = require('internal/crypto/key/output');
    passphrase = passphraseBytes(options.passphrase, encoding, `${name}.passphrase`);
    if (passphrase.length > 1024) throw new codes.ERR_INVALID_ARG_VALUE(`${name}.passphrase`, options.passphrase);
  }
  const bytes = typeof value === 'string' ? Buffer.from(value, encoding === 'buffer' ? 'utf8' : encoding)
    : isView(value) ? Buffer.from(value.buffer, value.byteOffset, value.byteLength) : Buffer.from(value);
  return decoded(() =>
    format === 'pem'
      ? fromPem(bytes.latin1Slice(), wantsPrivate, passphrase)
      : fromDer(bytes, type, wantsPrivate, passphrase),
  );
}

const isBytes = (value) => typeof value === 'string' || isView(value) || isAnyArrayBuffer(value);

function asKeyObject(value) {
  if (isKeyObject(value)) return value;
  if (typeof value !== 'object' || value === null) return undefined;
  const { isCryptoKey, keyObjectOf } = require('internal/crypto/web/key');
  return isCryptoKey(value) ? keyObjectOf(value) : undefined;
}

/** Objects as arguments: `{ key, format … }` or the key itself. */
function resolve(key, wantsPrivate, takesObjects, name, fromObject) {
  const direct = asKeyObject(key);
  if (direct !== undefined && takesObjects) return fromObject(direct);
  if (isBytes(key)) return fromBytes(key, {}, wantsPrivate, name);
  if (typeof key === 'object' && key !== null && direct === undefined) {
    const { key: value } = key;
    const inner = asKeyObject(value);
    if (inner !== undefined && takesObjects) return fromObject(inner);
    if (key.format === 'jwk') {
      validateObject(value, `${name}.key`);
      return require('internal/crypto/key/jwk').read(value, wantsPrivate);
    }
    if (!isBytes(value)) {
      throw new codes.ERR_INVALID_ARG_TYPE(`${name}.key`, formsOf(wantsPrivate, takesObjects), value);
    }
    return fromBytes(value, key, wantsPrivate, name);
  }
  throw new codes.ERR_INVALID_ARG_TYPE(name, formsOf(wantsPrivate, takesObjects), key);
}

function wrongType(actual, expected) {
  return new codes.ERR_CRYPTO_INVALID_KEY_OBJECT_TYPE(actual, expected);
}

/** The private key of an argument. */
function privateKey(key, name = 'key') {
  return resolve(key, true, true, name, (object) => {
    if (object.type !== 'private') throw wrongType(object.type, 'private');
    return dataOf(object);
  });
}

/** The public key of an argument, which may be a private one. */
function publicKey(key, name = 'key') {
  const data = resolve(key, false, true, name, (object) => {
    if (object.type === 'secret') throw wrongType('secret', 'private or public');
    return dataOf(object);
  });
  return data.type === 'private' ? publicOf(data) : data;
}

function createPrivateKey(key) {
  return keyObject(resolve(key, true, false, 'key'));
}

function createPublicKey(key) {
  const data = resolve(key, false, true, 'key', (object) => {
    if (object.type !== 'private') throw wrongType(object.type, 'private');
    return dataOf(object);
  });
  return keyObject(data.type === 'private' ? publicOf(data) : data);
}

function createSecretKey(key, encoding) {
  const { copied, toBytes } = require('internal/crypto/util');
  if (typeof key === 'string') {
    if (encoding !== undefined && !Buffer.isEncoding(encoding) && encoding !== 'buffer') {
      throw new codes.ERR_UNKNOWN_ENCODING(encoding);
    }
  } else if (!isBytes(key)) {
    throw new codes.ERR_INVALID_ARG_TYPE('key', BYTES.slice(1), key);
  }
  return keyObject({ type: 'secret', bytes: copied(toBytes(key, 'key', encoding)) });
}

module.exports = { asKeyObject, createPrivateKey, createPublicKey, createSecretKey, failed, privateKey, publicKey };
