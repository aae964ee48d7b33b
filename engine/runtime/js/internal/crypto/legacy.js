'use strict';

// Digests that are there only with `--openssl-legacy-provider`.

const { isOn } = require('internal/options');

const MD4 = /^(?:rsa-)?md4(?:withrsaencryption)?$/i;
/** What ops call it; the usual names are for everybody. */
const NATIVE = 'legacy-md4';
const NAMES = ['RSA-MD4', 'md4', 'md4WithRSAEncryption'];

/** The name for ops of a digest that they do not know, undefined when there is none. */
function legacyName(algorithm, notes = ['error:03000086:digital envelope routines::initialization error']) {
  if (!MD4.test(algorithm)) return undefined;
  if (isOn('--openssl-legacy-provider')) return NATIVE;
  const error = new Error('error:0308010C:digital envelope routines::unsupported');
  if (notes.length > 0) error.opensslErrorStack = notes;
  throw Object.assign(error, { library: 'digital envelope routines', reason: 'unsupported', code: 'ERR_OSSL_EVP_UNSUPPORTED' });
}

/** Names of digests with those that are there because of the option. */
function withLegacy(names) {
  return isOn('--openssl-legacy-provider') ? [...names, ...NAMES].sort() : names;
}

module.exports = { legacyName, withLegacy };
