'use strict';

// Algorithm identifiers and their parameters (https://w3c.github.io/webcrypto/#algorithm-normalization).

const { DOMException } = require('internal/dom_exception');
const { digests } = require('internal/crypto/web/digest');
const webidl = require('internal/crypto/web/webidl');

/** Parameters by dictionary, in the order in which they are read: name → kind, `!` for those that must be there. */
const dictionaries = {
  __proto__: null,
  Algorithm: {},
  AeadParams: { additionalData: 'bytes', iv: 'bytes!', tagLength: 'u8' },
  AesCbcParams: { iv: 'bytes!' },
  AesCtrParams: { counter: 'bytes!', length: 'u8!' },
  AesDerivedKeyParams: { length: 'u16!' },
  AesKeyGenParams: { length: 'u16!' },
  ContextParams: { context: 'bytes' },
  EcKeyGenParams: { namedCurve: 'text!' },
  EcKeyImportParams: { namedCurve: 'text!' },
  EcdhKeyDeriveParams: { public: 'key!' },
  EcdsaParams: { hash: 'hash!' },
  HkdfParams: { hash: 'hash!', info: 'bytes!', salt: 'bytes!' },
  Argon2Params: {
    associatedData: 'bytes', memory: 'u32!', nonce: 'bytes!', parallelism: 'u32!', passes: 'u32!', secretValue: 'bytes',
    version: 'u8',
  },
  HmacImportParams: { hash: 'hash!', length: 'u32' },
  HmacKeyGenParams: { hash: 'hash!', length: 'u32' },
  KmacImportParams: { length: 'u32' },
  KmacKeyGenParams: { length: 'u32' },
  KmacParams: { customization: 'bytes', outputLength: 'u32!' },
  Pbkdf2Params: { hash: 'hash!', iterations: 'u32!', salt: 'bytes!' },
  RsaHashedImportParams: { hash: 'hash!' },
  RsaHashedKeyGenParams: { modulusLength: 'u32!', publicExponent: 'digits!', hash: 'hash!' },
  RsaOaepParams: { label: 'bytes' },
  RsaPssParams: { saltLength: 'u32!' },
};

const AES = ['AES-CBC', 'AES-CTR', 'AES-GCM', 'AES-KW', 'AES-OCB'];
const RSA = ['RSASSA-PKCS1-v1_5', 'RSA-PSS', 'RSA-OAEP'];
const same = (names, dictionary) => Object.fromEntries(names.map((name) => [name, dictionary]));
const ML_DSA = ['ML-DSA-44', 'ML-DSA-65', 'ML-DSA-87'];
const okp = same(['Ed25519', 'X25519', 'Ed448', 'X448', ...ML_DSA], 'Algorithm');
const chacha = { 'ChaCha20-Poly1305': 'Algorithm' };
const crypts = {
  'RSA-OAEP': 'RsaOaepParams', 'AES-CBC': 'AesCbcParams', 'AES-CTR': 'AesCtrParams', 'AES-GCM': 'AeadParams',
  'AES-OCB': 'AeadParams', 'ChaCha20-Poly1305': 'AeadParams',
};
const kmac = (dictionary) => same(['KMAC128', 'KMAC256'], dictionary);
const signs = {
  ...kmac('KmacParams'),
  'RSASSA-PKCS1-v1_5': 'Algorithm', 'RSA-PSS': 'RsaPssParams', ECDSA: 'EcdsaParams', Ed25519: 'ContextParams',
  Ed448: 'ContextParams',
  ...same(ML_DSA, 'ContextParams'),
  HMAC: 'Algorithm',
};
const ARGON2 = ['Argon2d', 'Argon2i', 'Argon2id'];
const kdf = same(['HKDF', 'PBKDF2', ...ARGON2], 'Algorithm');

/** Operation → algorithm → dictionary of its parameters. */
const operations = {
  __proto__: null,
  digest: same(Object.keys(digests), 'Algorithm'),
  generateKey: {
    ...same(RSA, 'RsaHashedKeyGenParams'), ...same(['ECDSA', 'ECDH'], 'EcKeyGenParams'), ...okp,
    ...same(AES, 'AesKeyGenParams'), ...chacha, HMAC: 'HmacKeyGenParams',
    ...kmac('KmacKeyGenParams'),
  },
  importKey: {
    ...same(RSA, 'RsaHashedImportParams'), ...same(['ECDSA', 'ECDH'], 'EcKeyImportParams'), ...okp,
    ...same(AES, 'Algorithm'), ...chacha, HMAC: 'HmacImportParams', ...kdf,
    ...kmac('KmacImportParams'),
  },
  exportKey: {
    ...same([...RSA, 'ECDSA', 'ECDH', ...AES, 'HMAC', 'KMAC128', 'KMAC256'], 'Algorithm'), ...okp, ...chacha,
  },
  sign: signs,
  verify: signs,
  encrypt: crypts,
  decrypt: crypts,
  wrapKey: { 'AES-KW': 'Algorithm' },
  unwrapKey: { 'AES-KW': 'Algorithm' },
  deriveBits: {
    ...same(ARGON2, 'Argon2Params'),
    HKDF: 'HkdfParams', PBKDF2: 'Pbkdf2Params', ECDH: 'EcdhKeyDeriveParams', X25519: 'EcdhKeyDeriveParams',
    X448: 'EcdhKeyDeriveParams',
  },
  'get key length': {
    ...same(AES, 'AesDerivedKeyParams'), ...chacha, HMAC: 'HmacImportParams', ...kdf, ...kmac('KmacImportParams'),
  },
};

/** Algorithms that are not settled yet. */
const EXPERIMENTAL = /^(Ed448|X448|AES-OCB|ChaCha20-Poly1305|SHA3-\d+|KMAC\d+|Argon2\w+|ML-DSA-\d+)$/;

const PREFIX = 'Failed to normalize algorithm:';

function missing(member, dictionary) {
  return webidl.typeError(
    `${PREFIX} passed algorithm cannot be converted to '${dictionary}' because '${member}' is required in ` +
      `'${dictionary}'.`,
    'ERR_MISSING_OPTION',
  );
}

function convert(value, kind, member, dictionary) {
  const where = `${PREFIX} ${member} in passed algorithm`;
  switch (kind) {
    case 'bytes':
      return webidl.bytes(value, where);
    case 'digits':
      if (!(value instanceof Uint8Array)) throw webidl.typeError(`${where} is not an instance of Uint8Array.`);
      return new Uint8Array(value);
    case 'text':
      return `${value}`;
    case 'key':
      return webidl.key(value, where);
    case 'hash':
      try {
        return { name: normalize(value, 'digest').name };
      } catch (error) {
        if (error instanceof DOMException && error.name === 'NotSupportedError' && /^(Hmac|Rsa)/.test(dictionary)) {
          throw new DOMException(`Only SHA hashes are supported in ${dictionary}`, 'NotSupportedError');
        }
        throw error;
      }
    default:
      return webidl.unsigned(value, Number(kind.slice(1)), where);
  }
}

/** The parameters of an operation: the algorithm's proper name, and copies of what the script gave. */
function normalize(algorithm, operation, isQuiet = false) {
  const given = (typeof algorithm === 'object' && algorithm !== null) || typeof algorithm === 'function'
    ? algorithm : { name: `${algorithm}` };
  if (given.name === undefined) throw missing('name', 'Algorithm');
  const wanted = `${given.name}`.toUpperCase();
  const known = operations[operation];
  const name = Object.keys(known).find((candidate) => candidate.toUpperCase() === wanted);
  if (name === undefined) throw new DOMException('Unrecognized algorithm name', 'NotSupportedError');
  if (!isQuiet && EXPERIMENTAL.test(name)) require('internal/crypto/web/experimental').warn(name, 'algorithm');
  const normalized = { name };
  for (const [member, rule] of Object.entries(dictionaries[known[name]])) {
    const kind = rule.replace('!', '');
    const value = given[member];
    if (value !== undefined) normalized[member] = convert(value, kind, member, known[name]);
    else if (kind !== rule) throw missing(member, known[name]);
  }
  return normalized;
}

const isAes = (name) => AES.includes(name);
const isRsa = (name) => RSA.includes(name);

module.exports = { isAes, isRsa, normalize, operations };
