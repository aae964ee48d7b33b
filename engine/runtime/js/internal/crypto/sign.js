'use strict';

// Signatures (https://nodejs.org/api/crypto.html#cryptosignalgorithm-data-key-callback).

const { Buffer } = require('buffer');
const { codes } = require('internal/errors');
const nativeErrors = require('internal/crypto/native_errors');
const { validateFunction, validateString } = require('internal/validators');
const { Writable } = require('internal/streams/writable');
const { sizeOf } = require('internal/crypto/hash');
const { encode, kHandle, toBuffer, toBytes, viewed } = require('internal/crypto/util');
const { RSA_PKCS1_PADDING, RSA_PKCS1_PSS_PADDING } = require('internal/crypto/constants');
const { opensslError } = require('internal/crypto/openssl_error');

const { OKP_SIZES } = require('internal/crypto/key/data');

const { isView } = ArrayBuffer;

const SALT_AUTO = -2;
const PADDING_MODE = 'error:1C8000A5:Provider routines::illegal or unsupported padding mode';

/** The numbers of a signature as DER, from one after the other. */
function toDer(plain) {
  const { sequence, unsigned } = require('internal/crypto/key/der');
  const half = plain.length / 2;
  return sequence(unsigned(Buffer.from(plain.subarray(0, half))), unsigned(Buffer.from(plain.subarray(half))));
}

/** The other way round; undefined for what is no DER. */
function fromDer(der, size) {
  const { DerError, SEQUENCE, read } = require('internal/crypto/key/der');
  const { padded } = require('internal/crypto/key/data');
  try {
    const element = read(der).expect(SEQUENCE);
    const { children } = element;
    if (children.length !== 2 || element.whole.length !== der.byteLength) return undefined;
    const [r, s] = children.map((child) => child.unsigned);
    if (r.length > size || s.length > size) return undefined;
    return Buffer.concat([padded(r, size), padded(s, size)]);
  } catch (error) {
    if (error instanceof DerError) return undefined;
    throw error;
  }
}

/** The bytes of a context, undefined without one. */
function contextOf(context) {
  if (context === undefined || context === null) return undefined;
  const { toBytesOnly } = require('internal/crypto/util');
  return viewed(toBytesOnly(context, 'context'));
}

/** The options beside the key, checked. */
function signatureOptions(key) {
  if (typeof key !== 'object' || key === null || isView(key)) return {};
  const { padding, saltLength, dsaEncoding = 'der', context } = key;
  if (padding !== undefined && padding !== null && padding !== padding >> 0) {
    throw new codes.ERR_INVALID_ARG_VALUE('options.padding', padding);
  }
  if (saltLength !== undefined && saltLength !== null && saltLength !== saltLength >> 0) {
    throw new codes.ERR_INVALID_ARG_VALUE('options.saltLength', saltLength);
  }
  if (dsaEncoding !== 'der' && dsaEncoding !== 'ieee-p1363') {
    throw new codes.ERR_INVALID_ARG_VALUE('options.dsaEncoding', dsaEncoding);
  }
  return { padding: padding ?? undefined, saltLength: saltLength ?? undefined, dsaEncoding, context: contextOf(context) };
}

/** The digest for a kind of key when none was named. */
function usualDigest(data) {
  if (data.kind === 'rsa-pss' && data.pss !== undefined) return data.pss.hashAlgorithm;
  return 'sha256';
}

const sameDigest = (left, right) => {
  const oids = require('internal/crypto/key/oids');
  return oids.oidOfDigest(left) === oids.oidOfDigest(right);
};

function pssScheme(data, digest, saltLength, isSigning) {
  const { pss } = data;
  if (pss === undefined) return ['rsa-pss', digest, [digest, saltLength ?? SALT_AUTO]];
  if (!sameDigest(digest, pss.hashAlgorithm)) {
    throw opensslError('error:1C8000AE:Provider routines::digest not allowed');
  }
  let salt = saltLength;
  if (salt === undefined) salt = pss.saltLength;
  else if ((salt === -1 ? sizeOf(digest) : salt) < pss.saltLength && salt !== SALT_AUTO) {
    if (isSigning) throw opensslError('error:1C8000AC:Provider routines::pss saltlen too small');
  }
  return ['rsa-pss', digest, [pss.mgf1HashAlgorithm, salt]];
}

/** How a key signs: the arguments of the op that say it. */
function schemeOf(data, digest, { padding, saltLength, context }, isSigning) {
  switch (data.kind) {
    case 'ed25519':
    case 'ed448':
    case 'ml-dsa-44':
    case 'ml-dsa-65':
    case 'ml-dsa-87':
      if (digest !== null && digest !== undefined) {
        throw opensslError('error:1C80007A:Provider routines::invalid digest');
      }
      if (context?.byteLength > 0 && data.kind === 'ed25519') throw new nativeErrors.ERR_CRYPTO_UNSUPPORTED_OPERATION();
      return [data.kind, '', context];
    case 'rsa':
    case 'rsa-pss': {
      const name = digest ?? usualDigest(data);
      const mode = padding ?? (data.kind === 'rsa' ? RSA_PKCS1_PADDING : RSA_PKCS1_PSS_PADDING);
      if (saltLength !== undefined && saltLength < SALT_AUTO - 2) {
        throw opensslError('error:1C800070:Provider routines::invalid salt length');
      }
      if (mode === RSA_PKCS1_PSS_PADDING) return pssScheme(data, name, saltLength, isSigning);
      if (mode !== RSA_PKCS1_PADDING || data.kind === 'rsa-pss') throw opensslError(PADDING_MODE);
      return ['rsa', name, undefined];
    }
    case 'ec':
      return [data.curve.name, digest ?? usualDigest(data), undefined];
    case 'dsa':
      return ['dsa', digest ?? usualDigest(data), undefined];
    default:
      throw opensslError('error:03000096:digital envelope routines::operation not supported for this keytype');
  }
}

function checkDigest(algorithm) {
  if (algorithm === null || algorithm === undefined) return;
  if (!(Math.abs(sizeOf(algorithm)) > 0)) throw new nativeErrors.ERR_CRYPTO_INVALID_DIGEST(algorithm);
}

/** A native signature in the form asked for. */
function signatureFrom(value, data, dsaEncoding) {
  if (typeof value === 'string') throw require('internal/crypto/key/input').failed(value);
  const plain = toBuffer(value);
  return (data.kind === 'ec' || data.kind === 'dsa') && dsaEncoding === 'der' ? toDer(plain) : plain;
}

/** A given signature in the form of the native side; undefined when it cannot be one. */
function signatureTo(signature, data, dsaEncoding) {
  if (data.kind === 'ec' || data.kind === 'dsa') {
    const size = data.kind === 'ec' ? data.curve.size : data.parts[1].length;
    if (dsaEncoding === 'der') return fromDer(signature, size);
    return signature.byteLength === 2 * size ? signature : undefined;
  }
  return signature;
}

function prepareSign(algorithm, key) {
  if (!key) throw new codes.ERR_CRYPTO_SIGN_KEY_REQUIRED();
  const options = signatureOptions(key);
  const data = require('internal/crypto/key/input').privateKey(key);
  return { data, options, scheme: schemeOf(data, algorithm, options, true) };
}

function sign(algorithm, data, key, callback) {
  if (algorithm !== null && algorithm !== undefined) validateString(algorithm, 'algorithm');
  if (callback !== undefined) validateFunction(callback, 'callback');
  data = toBytes(data, 'data');
  if (!key) throw new codes.ERR_CRYPTO_SIGN_KEY_REQUIRED();
  checkDigest(algorithm);
  let made;
  try {
    made = prepareSign(algorithm, key);
  } catch (error) {
    if (callback === undefined || !error.library) throw error;
    process.nextTick(callback, error);
    return undefined;
  }
  const finish = (value) => signatureFrom(value, made.data, made.options.dsaEncoding ?? 'der');
  if (made.data.kind === 'dsa') return dsaDone(made, data, finish, callback);
  const given = [...made.scheme, made.data.parts, data, false];
  if (callback === undefined) return finish(ops.crypto_sign(...given, undefined));
  ops.crypto_sign(...given, delivered(callback, finish));
  return undefined;
}

function dsaDone({ data: key, scheme }, data, finish, callback) {
  const { signDsa } = require('internal/crypto/dsa');
  const digest = ops.crypto_hash_once(scheme[1], data, 0);
  const signature = finish(signDsa(key, digest));
  if (callback === undefined) return signature;
  process.nextTick(callback, null, signature);
  return undefined;
}

/** The callback of an op whose value has to become something else first, which may fail. */
function delivered(callback, finish) {
  const done = (error, value) => {
    let result;
    try {
      if (error) throw error;
      result = finish(value);
    } catch (failed) {
      callback(failed);
      return;
    }
    callback(null, result);
  };
  return require('internal/fs/callbacks').marked(done, callback);
}

function verify(algorithm, data, key, signature, callback) {
  if (algorithm !== null && algorithm !== undefined) validateString(algorithm, 'algorithm');
  if (callback !== undefined) validateFunction(callback, 'callback');
  data = toBytes(data, 'data');
  const options = signatureOptions(key);
  const keyData = require('internal/crypto/key/input').publicKey(key);
  const given = toBytes(signature, 'signature');
  checkDigest(algorithm);
  let scheme;
  try {
    scheme = schemeOf(keyData, algorithm, options, false);
  } catch (error) {
    if (callback === undefined) throw error;
    process.nextTick(callback, error);
    return undefined;
  }
  return verified({ data: keyData, options, scheme }, data, false, given, callback);
}

function verified({ data: key, options, scheme }, data, digested, signature, callback) {
  const plain = signatureTo(viewed(signature), key, options.dsaEncoding ?? 'der');
  if (plain === undefined || key.kind === 'dsa') {
    const isRight =
      plain !== undefined &&
      require('internal/crypto/dsa').verifyDsa(key, digested ? data : ops.crypto_hash_once(scheme[1], data, 0), plain);
    if (callback === undefined) return isRight;
    process.nextTick(callback, null, isRight);
    return undefined;
  }
  const given = [...scheme, key.parts, data, digested, plain];
  if (callback === undefined) return ops.crypto_verify(...given, undefined);
  ops.crypto_verify(...given, delivered(callback, (value) => value));
  return undefined;
}

/** What stands under `kHandle`. */
const handles = {
  Sign: class Sign {},
  Verify: class Verify {},
};

const states = new WeakMap();

function begin(self, name, algorithm, options) {
  validateString(algorithm, 'algorithm');
  // A name that OpenSSL had for SHA-1 with DSA.
  if (/^dss1$/i.test(algorithm)) algorithm = 'sha1';
  if (!(Math.abs(sizeOf(algorithm)) > 0)) {
    const error = new nativeErrors.ERR_CRYPTO_INVALID_DIGEST(algorithm);
    error.message = 'Invalid digest';
    throw error;
  }
  self[kHandle] = new handles[name]();
  states.set(self, { algorithm, native: ops.crypto_hash_new(algorithm), ended: false });
  Reflect.apply(Writable, self, [options]);
}

function notInitialised() {
  const error = new nativeErrors.ERR_CRYPTO_INVALID_STATE('');
  error.message = 'Not initialised';
  return error;
}

function update(data, encoding) {
  if (typeof data === 'string') {
    data = toBytes(data, 'data', encoding);
  } else if (!isView(data)) {
    throw new codes.ERR_INVALID_ARG_TYPE('data', ['string', 'Buffer', 'TypedArray', 'DataView'], data);
  }
  const state = states.get(this);
  if (state.ended) throw notInitialised();
  ops.crypto_hash_update(state.native, data);
  return this;
}

function _write(chunk, encoding, callback) {
  this.update(chunk, encoding);
  callback();
}

function endDigest(self) {
  const state = states.get(self);
  if (state.ended) throw notInitialised();
  state.ended = true;
  return ops.crypto_hash_digest(state.native, Math.abs(sizeOf(state.algorithm)));
}

function unsupportedHere({ kind }) {
  if (kind in OKP_SIZES) throw new nativeErrors.ERR_CRYPTO_UNSUPPORTED_OPERATION();
}

function Sign(algorithm, options) {
  if (!(this instanceof Sign)) return new Sign(algorithm, options);
  begin(this, 'Sign', algorithm, options);
}
Object.setPrototypeOf(Sign.prototype, Writable.prototype);
Object.setPrototypeOf(Sign, Writable);
Sign.prototype._write = _write;
Sign.prototype.update = update;

Sign.prototype.sign = function sign(options, encoding) {
  if (!options) throw new codes.ERR_CRYPTO_SIGN_KEY_REQUIRED();
  const extra = signatureOptions(options);
  const data = require('internal/crypto/key/input').privateKey(options);
  if (states.get(this).ended) throw notInitialised();
  unsupportedHere(data);
  const { algorithm } = states.get(this);
  const scheme = schemeOf(data, algorithm, extra, true);
  const digest = endDigest(this);
  const value =
    data.kind === 'dsa'
      ? require('internal/crypto/dsa').signDsa(data, digest)
      : ops.crypto_sign(...scheme, data.parts, digest, true, undefined);
  return encode(signatureFrom(value, data, extra.dsaEncoding ?? 'der'), encoding);
};

function Verify(algorithm, options) {
  if (!(this instanceof Verify)) return new Verify(algorithm, options);
  begin(this, 'Verify', algorithm, options);
}
Object.setPrototypeOf(Verify.prototype, Writable.prototype);
Object.setPrototypeOf(Verify, Writable);
Verify.prototype._write = _write;
Verify.prototype.update = update;

Verify.prototype.verify = function verify(options, signature, encoding) {
  const extra = signatureOptions(options);
  const data = require('internal/crypto/key/input').publicKey(options);
  const given = toBytes(signature, 'signature', encoding);
  if (states.get(this).ended) throw notInitialised();
  unsupportedHere(data);
  const scheme = schemeOf(data, states.get(this).algorithm, extra, false);
  return verified({ data, options: extra, scheme }, endDigest(this), true, given, undefined);
};

function createSign(algorithm, options) {
  return new Sign(algorithm, options);
}

function createVerify(algorithm, options) {
  return new Verify(algorithm, options);
}

module.exports = { Sign, Verify, createSign, createVerify, fromDer, sign, toDer, verify };
