'use strict';

// Errors as OpenSSL words them (https://nodejs.org/api/errors.html#openssl-errors): `error:CODE:library::reason`.

const prefixes = {
  __proto__: null,
  'Diffie-Hellman routines': 'DH_',
  'PEM routines': 'PEM_',
  'PKCS12 routines': 'PKCS12_',
  'asn1 encoding routines': 'ASN1_',
  'bignum routines': 'BN_',
  'digital envelope routines': 'EVP_',
  'dsa routines': 'DSA_',
  'elliptic curve routines': 'EC_',
  'rsa routines': 'RSA_',
  'x509 certificate routines': 'X509_',
};

/** Adds `library`, `reason` and `code`, which follow from the message. */
function describe(error, message) {
  const [, , library, , reason] = message.split(':');
  error.library = library;
  error.reason = reason;
  error.code = `ERR_OSSL_${prefixes[library] ?? ''}${reason.toUpperCase().replaceAll(' ', '_')}`;
  return error;
}

/** The error of this message, such as `error:1C800064:Provider routines::bad decrypt`. */
function opensslError(message, Base = Error) {
  const error = new Base(message);
  Error.captureStackTrace(error, opensslError);
  return describe(error, message);
}

module.exports = { opensslError };
