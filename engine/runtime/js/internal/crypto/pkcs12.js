'use strict';

// Bundles of a key and certificates: PKCS #12 (RFC 7292). Contents are encrypted with PBES2 or, in old bundles, with
// Triple DES; what needs RC2 or RC4 is refused, as OpenSSL 3 does.

const { Buffer } = require('buffer');
const nativeErrors = require('internal/crypto/native_errors');
const { createDecipheriv } = require('internal/crypto/cipher');
const { PBES2 } = require('internal/crypto/key/oids');
const { DerError, INTEGER, OCTET_STRING, SEQUENCE, SET, octets, read, sequence } = require('internal/crypto/key/der');

const DATA = '1.2.840.113549.1.7.1';
const ENCRYPTED_DATA = '1.2.840.113549.1.7.6';
const KEY_BAG = '1.2.840.113549.1.12.10.1.1';
const SHROUDED_KEY_BAG = '1.2.840.113549.1.12.10.1.2';
const CERTIFICATE_BAG = '1.2.840.113549.1.12.10.1.3';
const NESTED_BAG = '1.2.840.113549.1.12.10.1.6';
const LOCAL_KEY_ID = '1.2.840.113549.1.9.21';
const SHA1_AND_TRIPLE_DES = '1.2.840.113549.1.12.1.3';

/** What the derived bytes are for (appendix B.3). */
const FOR_KEY = 1;
const FOR_IV = 2;
const FOR_MAC = 3;

const DIGESTS = {
  '__proto__': null,
  '1.3.14.3.2.26': ['sha1', 64],
  '2.16.840.1.101.3.4.2.4': ['sha224', 64],
  '2.16.840.1.101.3.4.2.1': ['sha256', 64],
  '2.16.840.1.101.3.4.2.2': ['sha384', 128],
  '2.16.840.1.101.3.4.2.3': ['sha512', 128],
};

const unsupported = () => new nativeErrors.ERR_CRYPTO_UNSUPPORTED_OPERATION(
  'PKCS#12 bundle uses an unsupported algorithm; it may require the OpenSSL legacy provider');

/** `bytes` as often as it takes to fill whole blocks. */
function filled(bytes, block) {
  if (bytes.length === 0) return Buffer.alloc(0);
  const all = Buffer.alloc(Math.ceil(bytes.length / block) * block);
  for (let at = 0; at < all.length; at += bytes.length) bytes.copy(all, at);
  return all;
}

/** Bytes from a password by appendix B.2. */
function derive([digest, block], password, salt, iterations, purpose, length) {
  const { createHash, hash: hashOnce } = require('internal/crypto/hash');
  const wide = Buffer.from(`${password}\0`, 'utf16le').swap16();
  const start = Buffer.alloc(block, purpose);
  const input = Buffer.concat([filled(salt, block), filled(wide, block)]);
  let derived = Buffer.alloc(0);
  for (;;) {
    let hash = createHash(digest).update(start).update(input).digest();
    for (let i = 1; i < iterations; i++) hash = hashOnce(digest, hash, 'buffer');
    derived = Buffer.concat([derived, hash]);
    if (derived.length >= length) return derived.subarray(0, length);
    // Each block of the input is added to what came out, plus one.
    const plus = filled(hash, block).subarray(0, block);
    for (let at = 0; at < input.length; at += block) {
      let carry = 1;
      for (let i = block - 1; i >= 0; i--) {
        carry += input[at + i] + plus[i];
        input[at + i] = carry & 0xff;
        carry >>= 8;
      }
    }
  }
}

/** Decrypts what an `AlgorithmIdentifier` says how it was encrypted. */
function decrypt(algorithm, secret, password) {
  const [id, parameters] = algorithm.children;
  if (id.oid === PBES2) {
    const { decrypt: open } = require('internal/crypto/key/encrypted');
    const plain = open(sequence(algorithm.whole, octets(secret)), Buffer.from(password));
    if (plain === undefined) throw unsupported();
    return plain;
  }
  if (id.oid !== SHA1_AND_TRIPLE_DES) throw unsupported();
  const [salt, iterations] = parameters.children;
  const derived = (purpose, length) =>
    derive(['sha1', 64], password, salt.content, iterations.number, purpose, length);
  const decipher = createDecipheriv('des-ede3-cbc', derived(FOR_KEY, 24), derived(FOR_IV, 8));
  return Buffer.concat([decipher.update(secret), decipher.final()]);
}

/** The bytes of an octet string that may come in parts. */
function octetsOf(element) {
  if (element.tag === OCTET_STRING || element.tag === 0x80) return element.content;
  return Buffer.concat(element.children.map(octetsOf));
}

/** Whether the bundle's code is that of its contents with this password; true for one without a code. */
function isAuthentic(contents, code, password) {
  if (code === undefined) return true;
  const [info, salt, iterations] = code.children;
  const [algorithm, expected] = info.children;
  const digest = DIGESTS[algorithm.children[0].oid];
  if (digest === undefined) throw unsupported();
  const times = iterations?.tag === INTEGER ? iterations.number : 1;
  const key = derive(digest, password, salt.content, times, FOR_MAC, expected.content.length);
  const { createHmac } = require('internal/crypto/hash');
  return createHmac(digest[0], key).update(contents).digest().equals(expected.content);
}

/** Adds what a list of bags holds: keys as PKCS #8 and certificates in DER, each with the id that joins them. */
function collect(bags, password, found) {
  for (const bag of bags.children) {
    const [id, value, attributes] = bag.children;
    const inner = value.children[0];
    const localKeyId = attributes?.tag === SET ? attributes.children
      .find((attribute) => attribute.children[0].oid === LOCAL_KEY_ID)?.children[1].children[0].content.toString('hex') : undefined;
    switch (id.oid) {
      case KEY_BAG:
        found.keys.push({ der: inner.whole, localKeyId });
        break;
      case SHROUDED_KEY_BAG: {
        const [algorithm, secret] = inner.children;
        found.keys.push({ der: decrypt(algorithm, secret.content, password), localKeyId });
        break;
      }
      case CERTIFICATE_BAG:
        found.certificates.push({ der: octetsOf(inner.children[1].children[0]), localKeyId });
        break;
      case NESTED_BAG:
        collect(inner, password, found);
        break;
      default:
    }
  }
}

/** What a bundle holds, as `{ keys, certificates }` in DER; undefined when the password is another. */
function open(bundle, password) {
  const [version, contents, code] = read(bundle).expect(SEQUENCE).children;
  if (version.number !== 3) throw new DerError('wrong version');
  const [type, safe] = contents.expect(SEQUENCE).children;
  if (type.oid !== DATA) throw unsupported();
  const safes = octetsOf(safe.children[0]);
  if (!isAuthentic(safes, code, password)) return undefined;
  const found = { keys: [], certificates: [] };
  for (const content of read(safes).expect(SEQUENCE).children) {
    const [kind, wrapped] = content.children;
    const [inner] = wrapped.children;
    if (kind.oid === DATA) {
      collect(read(octetsOf(inner)), password, found);
    } else if (kind.oid === ENCRYPTED_DATA) {
      const [, encrypted] = inner.children;
      const [, algorithm, secret] = encrypted.children;
      collect(read(decrypt(algorithm, octetsOf(secret), password)), password, found);
    } else {
      throw unsupported();
    }
  }
  return found;
}

/** As [`open`], with the errors that scripts see. */
function openChecked(bundle, password) {
  let found;
  try {
    found = open(bundle, password);
  } catch (error) {
    if (error.code === 'ERR_CRYPTO_UNSUPPORTED_OPERATION') throw error;
    // A part is missing, or is not what it should be.
    throw new nativeErrors.ERR_CRYPTO_OPERATION_FAILED('Input is not a valid PKCS#12 structure');
  }
  if (found === undefined) {
    throw require('internal/crypto/openssl_error').opensslError('error:11800071:PKCS12 routines::mac verify failure');
  }
  return found;
}

/** `crypto.parsePKCS12`. */
function parsePKCS12(bundle, options = undefined) {
  const { isAnyArrayBuffer } = require('internal/buffer/base');
  const { codes } = require('internal/errors');
  const { toView, viewed } = require('internal/crypto/util');
  const isBytes = (value) => ArrayBuffer.isView(value) || isAnyArrayBuffer(value);
  if (!isBytes(bundle)) {
    throw new codes.ERR_INVALID_ARG_TYPE('bundle', ['ArrayBuffer', 'TypedArray', 'DataView', 'Buffer'], bundle);
  }
  if (options !== undefined) require('internal/validators').validateObject(options, 'options');
  let passphrase = options?.passphrase ?? '';
  if (isBytes(passphrase)) {
    passphrase = viewed(toView(passphrase)).toString();
  } else if (typeof passphrase !== 'string') {
    throw new codes.ERR_INVALID_ARG_TYPE(
      'options.passphrase', ['string', 'ArrayBuffer', 'Buffer', 'TypedArray', 'DataView'], passphrase);
  }
  const { keys: [key], certificates } = openChecked(viewed(toView(bundle)), passphrase);
  const { X509Certificate } = require('internal/crypto/x509/certificate');
  const { createPrivateKey } = require('internal/crypto/key/input');
  const own = key === undefined ? undefined : certificates.find(({ localKeyId }) => localKeyId === key.localKeyId);
  const made = ({ der }) => new X509Certificate(der);
  return {
    privateKey: key && createPrivateKey({ key: key.der, format: 'der', type: 'pkcs8' }),
    certificate: own && made(own),
    additionalCertificates: certificates.filter((certificate) => certificate !== own).map(made),
  };
}

/** The option `pfx` of TLS as PEM: `{ key, cert, further }`; errors are those of `tls.createSecureContext`. */
function pfxToPem(bundle, passphrase) {
  const failed = (message) => new nativeErrors.ERR_CRYPTO_OPERATION_FAILED(message);
  if (typeof bundle !== 'string' && !ArrayBuffer.isView(bundle)) throw failed('Unable to load PFX certificate');
  let parsed;
  try {
    parsed = parsePKCS12(typeof bundle === 'string' ? Buffer.from(bundle, 'latin1') : bundle, { passphrase: passphrase ?? '' });
  } catch (error) {
    if (error.code === 'ERR_CRYPTO_UNSUPPORTED_OPERATION') {
      throw new nativeErrors.ERR_CRYPTO_UNSUPPORTED_OPERATION('Unsupported PKCS12 PFX data');
    }
    throw new Error(error.reason ?? 'not enough data');
  }
  const { privateKey, certificate, additionalCertificates } = parsed;
  if (privateKey === undefined) throw failed('Unable to load private key from PFX data');
  if (certificate === undefined) throw failed('Unable to load certificate from PFX data');
  const further = additionalCertificates.map(String);
  return { key: privateKey.export({ type: 'pkcs8', format: 'pem' }), cert: [certificate, ...further].join(''), further };
}

module.exports = { parsePKCS12, pfxToPem };
