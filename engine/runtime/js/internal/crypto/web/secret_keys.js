'use strict';

// AES, ChaCha20-Poly1305 and HMAC (https://w3c.github.io/webcrypto/#aes-cbc and following).

const { Buffer } = require('buffer');
const { checkUsages, domError, operationError, run, runForBytes } = require('internal/crypto/web/operation');
const { cryptoKey, inside, keyData } = require('internal/crypto/web/key');
const { digests } = require('internal/crypto/web/digest');
const jwk = require('internal/crypto/web/jwk');
const { toArrayBuffer } = require('internal/crypto/util');

const WRAP_IV = Buffer.alloc(8, 0xa6);
const MODES = {
  __proto__: null, 'AES-CBC': 'cbc', 'AES-CTR': 'ctr', 'AES-GCM': 'gcm', 'AES-OCB': 'ocb', 'AES-KW': 'wrap',
};
const TAG_LENGTHS = {
  __proto__: null,
  'AES-GCM': [32, 64, 96, 104, 112, 120, 128],
  'AES-OCB': [64, 96, 128],
  'ChaCha20-Poly1305': [128],
};

const isKmac = (name) => name.startsWith('KMAC');
const isMac = (name) => name === 'HMAC' || isKmac(name);

function usagesOf(name) {
  if (isMac(name)) return ['sign', 'verify'];
  return name === 'AES-KW' ? ['wrapKey', 'unwrapKey'] : ['encrypt', 'decrypt', 'wrapKey', 'unwrapKey'];
}

/** The name of an algorithm in a JWK. */
function jwkAlg({ name, length, hash }) {
  if (name === 'HMAC') {
    if (/^SHA3/.test(hash.name)) return undefined;
    return `HS${hash.name.slice(4)}`;
  }
  if (isKmac(name)) return `K${name.slice(4)}`;
  return name === 'ChaCha20-Poly1305' ? 'C20P' : `A${length}${name.slice(4)}`;
}

const blockBits = (hash) => (hash === 'SHA-384' || hash === 'SHA-512' ? 1024 : 512);

/** Length of a key in bits, as generated and derived. */
function keyLength({ name, length, hash }) {
  if (name === 'HMAC') {
    if (length === undefined) {
      if (/^SHA3/.test(hash.name)) throw domError('Explicit algorithm length member is required', 'NotSupportedError');
      return blockBits(hash.name);
    }
    if (length === 0) throw operationError('HmacKeyGenParams.length cannot be 0');
    return length;
  }
  if (isKmac(name)) {
    if (length === 0) throw operationError('KmacKeyGenParams.length cannot be 0');
    return length ?? Number(name.slice(4));
  }
  if (name === 'ChaCha20-Poly1305') return 256;
  if (length !== 128 && length !== 192 && length !== 256) {
    throw operationError('AES key length must be 128, 192, or 256 bits');
  }
  return length;
}

function algorithmOf({ name, hash }, length) {
  if (name === 'HMAC') return { name, length, hash };
  return name === 'ChaCha20-Poly1305' ? { name } : { name, length };
}

async function generateKey(algorithm, extractable, usages) {
  checkUsages(usages, usagesOf(algorithm.name), algorithm.name);
  const length = keyLength(algorithm);
  if (usages.length === 0) throw domError('Usages cannot be empty when creating a key.', 'SyntaxError');
  const bytes = await run((callback) => ops.crypto_random_bytes(Math.ceil(length / 8), callback));
  return cryptoKey({ type: 'secret', bytes }, algorithmOf(algorithm, length), extractable, usages);
}

function importKey(format, given, algorithm, extractable, usages) {
  const { name } = algorithm;
  checkUsages(usages, usagesOf(name), name);
  let bytes;
  if (format === 'raw' || format === 'raw-secret') {
    if ((name === 'ChaCha20-Poly1305' || isKmac(name)) && format === 'raw') throw cannotImport(name, format);
    bytes = given;
  } else if (format === 'jwk') {
    jwk.check(given, 'oct', isMac(name) ? 'sig' : 'enc', extractable, usages);
    if (typeof given.k !== 'string') throw jwk.invalid('Invalid keyData');
    bytes = Buffer.from(given.k, 'base64url');
  } else {
    throw cannotImport(name, format);
  }
  let length = bytes.length * 8;
  if (isMac(name)) {
    if (length === 0) throw jwk.invalid('Zero-length key is not supported');
    if (algorithm.length !== undefined) {
      const dictionary = `${name === 'HMAC' ? 'Hmac' : 'Kmac'}ImportParams`;
      if (algorithm.length === 0) throw jwk.invalid(`${dictionary}.length cannot be 0`);
      if (algorithm.length > length || algorithm.length <= length - 8) throw jwk.invalid('Invalid key length');
      length = algorithm.length;
    }
  } else if (name === 'ChaCha20-Poly1305' ? length !== 256 : ![128, 192, 256].includes(length)) {
    throw jwk.invalid('Invalid key length');
  }
  const found = algorithmOf(algorithm, length);
  if (format === 'jwk') jwk.check(given, 'oct', undefined, extractable, [], jwkAlg({ length, ...found }));
  return cryptoKey({ type: 'secret', bytes: new Uint8Array(bytes) }, found, extractable, usages);
}

function cannotImport(name, format) {
  return domError(`Unable to import ${name} using ${format} format`, 'NotSupportedError');
}

function exportKey(format, key) {
  const data = keyData(key);
  const { algorithm } = inside(key);
  if (format === 'jwk') return jwk.exported(key, data, jwkAlg(algorithm));
  const takesRaw = algorithm.name !== 'ChaCha20-Poly1305' && !isKmac(algorithm.name);
  if (format === 'raw-secret' || (format === 'raw' && takesRaw)) {
    return toArrayBuffer(new Uint8Array(data.bytes));
  }
  throw domError(`Unable to export ${algorithm.name} secret key using ${format} format`, 'NotSupportedError');
}

/** Encrypts or decrypts in one go; a tag stands at the end. */
function cipher(name, key, iv, encrypt, tagLength, aad, data) {
  const family = name === 'ChaCha20-Poly1305' ? 'chacha20' : 'aes';
  const mode = MODES[name] ?? 'poly1305';
  return runForBytes((callback) =>
    ops.crypto_cipher_once(family, mode, keyData(key).bytes, iv, encrypt, tagLength, aad, data, callback));
}

/** The counter of AES-CTR is only the last bits of the block: it may begin anew in the middle of a message. */
async function counter({ name, counter: start, length }, key, encrypt, data) {
  const blocks = BigInt(Math.ceil(data.length / 16));
  const size = 1n << BigInt(length);
  if (blocks > size) throw operationError();
  const number = BigInt(`0x${start.toString('hex')}`);
  const before = (size - (number & (size - 1n))) * 16n;
  if (BigInt(data.length) <= before) return cipher(name, key, start, encrypt, 0, undefined, data);
  const split = Number(before);
  const again = Buffer.from((number & ~(size - 1n)).toString(16).padStart(32, '0'), 'hex');
  const parts = await Promise.all([
    cipher(name, key, start, encrypt, 0, undefined, data.subarray(0, split)),
    cipher(name, key, again, encrypt, 0, undefined, data.subarray(split)),
  ]);
  return toArrayBuffer(new Uint8Array(Buffer.concat(parts.map((part) => Buffer.from(part)))));
}

async function crypt(algorithm, key, data, encrypt) {
  const { name, iv, additionalData } = algorithm;
  switch (name) {
    case 'AES-KW':
      return cipher(name, key, WRAP_IV, encrypt, 0, undefined, data);
    case 'AES-CBC':
      if (iv.length !== 16) throw operationError('algorithm.iv must contain exactly 16 bytes');
      return cipher(name, key, iv, encrypt, 0, undefined, data);
    case 'AES-CTR':
      if (algorithm.counter.length !== 16) throw operationError('algorithm.counter must contain exactly 16 bytes');
      if (algorithm.length === 0 || algorithm.length > 128) {
        throw operationError('AES-CTR algorithm.length must be between 1 and 128');
      }
      return counter(algorithm, key, encrypt, data);
    default: {
      const { tagLength = 128 } = algorithm;
      if (!TAG_LENGTHS[name].includes(tagLength)) {
        throw operationError(`${tagLength} is not a valid ${name} tag length`);
      }
      if (name === 'AES-OCB' && (iv.length === 0 || iv.length > 15)) {
        throw operationError('AES-OCB algorithm.iv must be no more than 15 bytes');
      }
      if (name === 'ChaCha20-Poly1305' && iv.length !== 12) {
        throw operationError('ChaCha20-Poly1305 algorithm.iv must contain exactly 12 bytes');
      }
      return cipher(name, key, iv, encrypt, tagLength / 8, additionalData, data);
    }
  }
}

const encrypt = (algorithm, key, data) => crypt(algorithm, key, data, true);
const decrypt = (algorithm, key, data) => crypt(algorithm, key, data, false);

const hmac = (key, data) => (callback) =>
  ops.crypto_hmac(digests[inside(key).algorithm.hash.name], keyData(key).bytes, data, callback);

function kmac({ name, outputLength, customization }, key, data) {
  if (outputLength % 8 !== 0) throw domError('Unsupported KmacParams outputLength', 'NotSupportedError');
  const { bytes } = keyData(key);
  return (callback) =>
    ops.crypto_kmac(Number(name.slice(4)), bytes, customization ?? Buffer.alloc(0), outputLength / 8, data, callback);
}

const coded = (algorithm, key, data) => (isKmac(algorithm.name) ? kmac(algorithm, key, data) : hmac(key, data));

const sign = async (algorithm, key, data) => runForBytes(coded(algorithm, key, data));

async function verify(algorithm, key, signature, data) {
  const code = await run(coded(algorithm, key, data));
  return code.byteLength === signature.byteLength && ops.crypto_equal(code, signature);
}

module.exports = { decrypt, encrypt, exportKey, generateKey, importKey, keyLength, sign, verify };
