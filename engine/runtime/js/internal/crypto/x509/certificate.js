'use strict';

// X509Certificate (https://nodejs.org/api/crypto.html#class-x509certificate).

const { Buffer } = require('buffer');
const { codes } = require('internal/errors');
const { kClone, markCloneable } = require('internal/clone_marks');
const { validateBoolean, validateObject, validateOneOf, validateString } = require('internal/validators');
const { DerError } = require('internal/crypto/key/der');
const { dataOf, isKeyObject, keyObject } = require('internal/crypto/key/objects');
const { detailsOf } = require('internal/crypto/key/data');
const { opensslError } = require('internal/crypto/openssl_error');
const { viewed } = require('internal/crypto/util');
const { parse } = require('internal/crypto/x509/parse');
const { signatures } = require('internal/crypto/x509/names');
const text = require('internal/crypto/x509/text');

const { isView } = ArrayBuffer;
const inspectCustom = Symbol.for('nodejs.util.inspect.custom');

function fingerprint(digest, raw) {
  const hex = Buffer.from(ops.crypto_hash_once(digest, raw, 0)).toString('hex').toUpperCase();
  return hex.match(/../g).join(':');
}

/** The DER of a certificate that may come as PEM. */
function derOf(bytes) {
  if (bytes[0] === 0x30) return bytes;
  for (const { label, der } of require('internal/crypto/key/pem').decode(bytes.latin1Slice())) {
    if (label === 'CERTIFICATE' || label === 'X509 CERTIFICATE' || label === 'TRUSTED CERTIFICATE') return der;
  }
  throw opensslError('error:0480006C:PEM routines::no start line');
}

function parsed(buffer) {
  const bytes = typeof buffer === 'string' ? Buffer.from(buffer) : viewed(buffer);
  const der = derOf(bytes);
  try {
    return parse(der);
  } catch (error) {
    if (error instanceof DerError) throw opensslError('error:0688010A:asn1 encoding routines::nested asn1 error');
    throw error;
  }
}

function matchOptions(options) {
  validateObject(options, 'options');
  const {
    subject = 'default', wildcards = true, partialWildcards = true, multiLabelWildcards = false,
    singleLabelSubdomains = false,
  } = options;
  validateString(subject, 'options.subject');
  validateBoolean(wildcards, 'options.wildcards');
  validateBoolean(partialWildcards, 'options.partialWildcards');
  validateBoolean(multiLabelWildcards, 'options.multiLabelWildcards');
  validateBoolean(singleLabelSubdomains, 'options.singleLabelSubdomains');
  validateOneOf(subject, 'options.subject', ['default', 'always', 'never']);
  return { subject, wildcards, partialWildcards, multiLabelWildcards, singleLabelSubdomains };
}

function checkName(name) {
  validateString(name, 'name');
  if (name.includes('\0')) {
    const error = new TypeError("The argument 'name' is invalid.");
    error.code = 'ERR_INVALID_ARG_VALUE';
    throw error;
  }
}

class X509Certificate {
  #certificate;
  #shown = new Map();

  constructor(buffer) {
    if (typeof buffer !== 'string' && !isView(buffer)) {
      throw new codes.ERR_INVALID_ARG_TYPE('buffer', ['string', 'Buffer', 'TypedArray', 'DataView'], buffer);
    }
    this.#certificate = parsed(buffer);
    markCloneable(this);
  }

  static certificate(value) {
    return typeof value === 'object' && value !== null && #certificate in value ? value.#certificate : undefined;
  }

  /** What is made once. */
  #once(name, make) {
    if (!this.#shown.has(name)) this.#shown.set(name, make(this.#certificate));
    return this.#shown.get(name);
  }

  [inspectCustom](depth, options) {
    if (depth < 0) return this;
    const { inspect } = require('util');
    const shown = {};
    for (const name of [
      'subject', 'subjectAltName', 'issuer', 'infoAccess', 'validFrom', 'validTo', 'validFromDate', 'validToDate',
      'fingerprint', 'fingerprint256', 'fingerprint512', 'keyUsage', 'serialNumber', 'signatureAlgorithm',
      'signatureAlgorithmOid',
    ]) {
      shown[name] = this[name];
    }
    const inner = { ...options, depth: options.depth == null ? null : options.depth - 1 };
    return `X509Certificate ${inspect(shown, inner)}`;
  }

  [kClone]() {
    return { data: { raw: this.#certificate.raw }, deserializeInfo: 'internal/crypto/x509/certificate:makeClone' };
  }

  get subject() {
    return this.#once('subject', ({ subject }) => text.nameText(subject));
  }

  get subjectAltName() {
    return this.#once('subjectAltName', text.altNameText);
  }

  get issuer() {
    return this.#once('issuer', ({ issuer }) => text.nameText(issuer));
  }

  get issuerCertificate() {
    return undefined;
  }

  get infoAccess() {
    return this.#once('infoAccess', text.infoAccessText);
  }

  get validFrom() {
    return text.timeText(this.#certificate.from);
  }

  get validTo() {
    return text.timeText(this.#certificate.to);
  }

  get validFromDate() {
    return new Date(this.#certificate.from);
  }

  get validToDate() {
    return new Date(this.#certificate.to);
  }

  get fingerprint() {
    return this.#once('fingerprint', ({ raw }) => fingerprint('sha1', raw));
  }

  get fingerprint256() {
    return this.#once('fingerprint256', ({ raw }) => fingerprint('sha256', raw));
  }

  get fingerprint512() {
    return this.#once('fingerprint512', ({ raw }) => fingerprint('sha512', raw));
  }

  get keyUsage() {
    return this.#once('keyUsage', text.extendedKeyUsage);
  }

  get serialNumber() {
    return this.#once('serialNumber', ({ serial }) => {
      const digits = serial[0] === 0 && serial.length > 1 ? serial.subarray(1) : serial;
      return digits.toString('hex').toUpperCase();
    });
  }

  get signatureAlgorithm() {
    const { algorithm } = this.#certificate;
    return signatures[algorithm]?.[0];
  }

  get signatureAlgorithmOid() {
    return this.#certificate.algorithm;
  }

  get raw() {
    return this.#once('raw', ({ raw }) => Buffer.from(raw));
  }

  get publicKey() {
    return this.#once('publicKey', ({ spki }) => keyObject(require('internal/crypto/key/read').spki(spki)));
  }

  toString() {
    return require('internal/crypto/key/pem').encode('CERTIFICATE', this.#certificate.raw);
  }

  toJSON() {
    return this.toString();
  }

  get ca() {
    return this.#once('ca', text.isAuthority);
  }

  checkHost(name, options) {
    if (options === undefined) options = {};
    checkName(name);
    return require('internal/crypto/x509/match').checkHost(this.#certificate, name, matchOptions(options));
  }

  checkEmail(email, options) {
    if (options === undefined) options = {};
    checkName(email);
    return require('internal/crypto/x509/match').checkEmail(this.#certificate, email, matchOptions(options));
  }

  checkIP(ip, _options) {
    checkName(ip);
    return require('internal/crypto/x509/match').checkIP(this.#certificate, ip);
  }

  checkIssued(otherCert) {
    const other = certificateOf(otherCert);
    if (other === undefined) throw new codes.ERR_INVALID_ARG_TYPE('otherCert', 'X509Certificate', otherCert);
    return this.#certificate.issuerRaw.equals(other.subjectRaw);
  }

  checkPrivateKey(pkey) {
    if (!isKeyObject(pkey)) throw new codes.ERR_INVALID_ARG_TYPE('pkey', 'KeyObject', pkey);
    if (pkey.type !== 'private') throw new codes.ERR_INVALID_ARG_VALUE('pkey', pkey);
    const { createPublicKey } = require('internal/crypto/key/input');
    return createPublicKey(pkey).equals(this.publicKey);
  }

  verify(pkey) {
    if (!isKeyObject(pkey)) throw new codes.ERR_INVALID_ARG_TYPE('pkey', 'KeyObject', pkey);
    if (pkey.type !== 'public') throw new codes.ERR_INVALID_ARG_VALUE('pkey', pkey);
    const { algorithm, signed, signature } = this.#certificate;
    const found = signatures[algorithm];
    if (found === undefined || found[1] === 'pss') return false;
    try {
      return require('internal/crypto/sign').verify(found[1], signed, pkey, signature);
    } catch {
      // A key of another kind has not signed it.
      return false;
    }
  }

  toLegacyObject() {
    return legacyObject(this.#certificate, this);
  }
}

const certificateOf = X509Certificate.certificate;
delete X509Certificate.certificate;

for (const name of Object.getOwnPropertyNames(X509Certificate.prototype)) {
  if (name === 'constructor') continue;
  Object.defineProperty(X509Certificate.prototype, name, { __proto__: null, enumerable: false });
}
Object.defineProperties(X509Certificate.prototype, {
  [kClone]: { __proto__: null, enumerable: false },
  [inspectCustom]: { __proto__: null, enumerable: false },
});

/** As `tls` gives certificates (https://nodejs.org/api/tls.html#certificate-object). */
function legacyObject(certificate, object) {
  const legacy = {
    subject: text.nameObject(certificate.subject),
    issuer: text.nameObject(certificate.issuer),
    subjectaltname: object.subjectAltName,
    infoAccess: text.infoAccessObject(certificate),
    ca: object.ca,
    modulus: undefined,
    exponent: undefined,
    pubkey: undefined,
    bits: undefined,
  };
  let curve;
  try {
    const key = dataOf(object.publicKey);
    const details = detailsOf(key);
    if (key.kind === 'rsa') {
      legacy.modulus = Buffer.from(key.parts[0]).toString('hex').toUpperCase().replace(/^(?:00)+/, '');
      legacy.exponent = `0x${details.publicExponent.toString(16)}`;
      legacy.pubkey = require('internal/crypto/key/write').spki(key);
      legacy.bits = details.modulusLength;
    } else if (key.kind === 'ec') {
      ({ curve } = key);
      legacy.pubkey = Buffer.from(key.parts[0]);
      legacy.bits = curve.bits;
    }
  } catch (error) {
    // A key of a kind that there is not leaves the rest of the certificate readable.
    if (!(error instanceof DerError)) throw error;
  }
  return Object.assign(legacy, {
    valid_from: object.validFrom,
    valid_to: object.validTo,
    fingerprint: object.fingerprint,
    fingerprint256: object.fingerprint256,
    fingerprint512: object.fingerprint512,
    ext_key_usage: object.keyUsage,
    serialNumber: object.serialNumber,
    raw: object.raw,
    asn1Curve: curve?.name,
    nistCurve: curve?.nist,
  });
}

function makeClone({ raw }) {
  return new X509Certificate(Buffer.from(raw));
}

module.exports = { X509Certificate, certificateOf, makeClone };
