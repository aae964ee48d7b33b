'use strict';

// A KeyObject as a CryptoKey (https://nodejs.org/api/crypto.html#keyobjecttocryptokeyalgorithm-extractable-keyusages).

const { Buffer } = require('buffer');
const { dataOf } = require('internal/crypto/key/objects');
const { domError } = require('internal/crypto/web/operation');
const { isAes, normalize } = require('internal/crypto/web/normalize');
const webidl = require('internal/crypto/web/webidl');

function toCryptoKey(object, algorithm, extractable, keyUsages) {
  const usages = webidl.usages(keyUsages, "Failed to execute 'toCryptoKey' on 'KeyObject': 3rd argument");
  const normalized = normalize(algorithm, 'importKey');
  const { name } = normalized;
  const data = dataOf(object);
  let key;
  if (data.type === 'secret') {
    const isKdf = /^(HKDF|PBKDF2|Argon2\w+)$/.test(name);
    if (!isKdf && !isAes(name) && !/^(HMAC|KMAC\d+|ChaCha20-Poly1305)$/.test(name)) throw wrongType();
    const module_ = isKdf ? require('internal/crypto/web/kdf_keys') : require('internal/crypto/web/secret_keys');
    key = module_.importKey('raw-secret', Buffer.from(data.bytes), normalized, Boolean(extractable), usages);
  } else {
    const write = require('internal/crypto/key/write');
    const pairs = require('internal/crypto/web/pair_keys');
    const format = data.type === 'private' ? 'pkcs8' : 'spki';
    key = pairs.importKey(format, write[format](data), normalized, Boolean(extractable), usages);
  }
  if (key.type !== 'public' && usages.length === 0) {
    throw domError(`Usages cannot be empty when importing a ${key.type} key.`, 'SyntaxError');
  }
  return key;
}

function wrongType() {
  return domError('Invalid key type', 'DataError');
}

module.exports = { toCryptoKey };
