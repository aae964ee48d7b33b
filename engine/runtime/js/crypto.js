'use strict';

// The module `crypto` (https://nodejs.org/api/crypto.html). Its parts are loaded when they are first used.

const parts = [
  ['internal/crypto/spkac', 'Certificate'],
  ['internal/crypto/cipher', 'Cipheriv', 'Decipheriv', 'createCipheriv', 'createDecipheriv'],
  ['internal/crypto/cipher_info', 'getCipherInfo', 'getCiphers'],
  ['internal/crypto/derive', 'argon2', 'argon2Sync', 'hkdf', 'hkdfSync', 'pbkdf2', 'pbkdf2Sync', 'scrypt',
    'scryptSync'],
  ['internal/crypto/hash', 'Hash', 'Hmac', 'createHash', 'createHmac', 'getHashes', 'hash'],
  ['internal/crypto/mac', 'createMac', 'getMacs'],
  ['internal/crypto/random', 'randomBytes', 'randomFill', 'randomFillSync', 'randomInt', 'randomUUID', 'randomUUIDv7',
    'timingSafeEqual'],
  ['internal/crypto/key/curves', 'getCurves'],
  ['internal/crypto/key/input', 'createPrivateKey', 'createPublicKey', 'createSecretKey'],
  ['internal/crypto/key/objects', 'KeyObject'],
  ['internal/crypto/keygen', 'generateKey', 'generateKeyPair', 'generateKeyPairSync', 'generateKeySync'],
  ['internal/crypto/sign', 'Sign', 'Verify', 'createSign', 'createVerify', 'sign', 'verify'],
  ['internal/crypto/rsa', 'privateDecrypt', 'privateEncrypt', 'publicDecrypt', 'publicEncrypt'],
  ['internal/crypto/encapsulate', 'decapsulate', 'encapsulate'],
  ['internal/crypto/ecdh', 'ECDH', 'createECDH'],
  ['internal/crypto/dh', 'DiffieHellman', 'DiffieHellmanGroup', 'createDiffieHellman', 'createDiffieHellmanGroup',
    'getDiffieHellman'],
  ['internal/crypto/x509/certificate', 'X509Certificate'],
  ['internal/crypto/dh_stateless', 'diffieHellman'],
  ['internal/crypto/pkcs12', 'parsePKCS12'],
  ['internal/crypto/prime', 'checkPrime', 'checkPrimeSync', 'generatePrime', 'generatePrimeSync'],
  ['internal/crypto/general', 'getFips', 'secureHeapUsed', 'setFips', 'setEngine'],
];

function settle(name, value, enumerable) {
  Object.defineProperty(exports, name, { __proto__: null, value, writable: true, configurable: true, enumerable });
}

function lazy(name, load, enumerable = true) {
  ops.util_lazy_property(exports, name, load, enumerable);
}

const { deprecate } = require('internal/util/deprecate');

const deprecated = {
  __proto__: null,
  Hash: ['crypto.Hash constructor is deprecated.', 'DEP0179'],
  Hmac: ['crypto.Hmac constructor is deprecated.', 'DEP0181'],
};

for (const [id, ...names] of parts) {
  for (const name of names) {
    const warning = deprecated[name];
    lazy(name, warning ? () => deprecate(require(id)[name], ...warning) : () => require(id)[name]);
  }
}

lazy('pseudoRandomBytes', () => {
  const { randomBytes } = require('internal/crypto/random');
  return require('internal/options').tellsPendingDeprecations()
    ? deprecate(randomBytes, 'crypto.pseudoRandomBytes is deprecated.', 'DEP0115')
    : randomBytes;
}, false);
for (const name of ['prng', 'rng']) lazy(name, () => require('internal/crypto/random').randomBytes, false);

for (const [name, get] of Object.entries({
  constants: () => require('internal/crypto/constants'),
  webcrypto: () => require('internal/crypto/web/crypto').webcrypto,
  subtle: () => require('internal/crypto/web/crypto').webcrypto.subtle,
  getRandomValues: () => require('internal/crypto/web/crypto').getRandomValues,
})) {
  if (name === 'constants') {
    settle(name, get(), true);
    continue;
  }
  Object.defineProperty(exports, name, {
    __proto__: null,
    get,
    set(value) {
      if (name === 'getRandomValues') settle(name, value, true);
    },
    configurable: name === 'getRandomValues',
    enumerable: true,
  });
}

Object.defineProperty(exports, 'fips', {
  __proto__: null,
  get: () => require('internal/crypto/general').getFips(),
  set: (value) => require('internal/crypto/general').setFips(value),
});
