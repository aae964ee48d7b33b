'use strict';

// `tls.createSecureContext` (https://nodejs.org/api/tls.html#tlscreatesecurecontextoptions).

const { codes } = require('internal/errors');
const { validateInt32, validateNumber, validateString } = require('internal/validators');

/** Numbers of the versions. */
const VERSIONS = { __proto__: null, 'TLSv1': 0x0301, 'TLSv1.1': 0x0302, 'TLSv1.2': 0x0303, 'TLSv1.3': 0x0304 };

/** What the old option `secureProtocol` means: lowest and highest version. */
const METHODS = {
  __proto__: null,
  SSLv23_method: [0, 0x0304],
  SSLv23_server_method: [0, 0x0304],
  SSLv23_client_method: [0, 0x0304],
  TLS_method: [0, 0x0304],
  TLS_server_method: [0, 0x0304],
  TLS_client_method: [0, 0x0304],
  TLSv1_method: [0x0301, 0x0301],
  TLSv1_server_method: [0x0301, 0x0301],
  TLSv1_client_method: [0x0301, 0x0301],
  TLSv1_1_method: [0x0302, 0x0302],
  TLSv1_1_server_method: [0x0302, 0x0302],
  TLSv1_1_client_method: [0x0302, 0x0302],
  TLSv1_2_method: [0x0303, 0x0303],
  TLSv1_2_server_method: [0x0303, 0x0303],
  TLSv1_2_client_method: [0x0303, 0x0303],
};

const { isOn } = require('internal/options');

/** The lowest and the highest version that options ask for. */
const lowest = ['1.0', '1.1', '1.2', '1.3'].find((version) => isOn(`--tls-min-v${version}`));
const highest = ['1.3', '1.2'].find((version) => isOn(`--tls-max-v${version}`));
const defaults = {
  minVersion: lowest === undefined ? 'TLSv1.2' : `TLSv${lowest}`.replace('1.0', '1'),
  maxVersion: `TLSv${highest ?? '1.3'}`,
};

/** Certificates of NODE_EXTRA_CA_CERTS; read once. */
let extra;

function extraCertificates() {
  if (extra === undefined) {
    extra = [];
    const file = process.env.NODE_EXTRA_CA_CERTS;
    if (file) {
      try {
        extra.push(require('fs').readFileSync(file));
      } catch (error) {
        process.emitWarning(`Ignoring extra certs from \`${file}\`, load failed: ${error.message}`);
      }
    }
  }
  return extra;
}

/** Certificates trusted instead of the program's own; undefined for those. */
let replaced;

function setDefaultCertificates(list) {
  replaced = list;
}

function defaultCertificates() {
  return replaced;
}

let beside;

/** What is trusted beside the roots of the program: NODE_EXTRA_CA_CERTS and what `--use-system-ca` adds. */
function furtherCertificates() {
  if (!isOn('--use-system-ca')) return extraCertificates();
  beside ??= [...new Set(require('internal/tls/system_store').systemCertificates())];
  return [...extraCertificates(), ...beside];
}

/** The roots when `--use-openssl-ca` says that they are not those of the program. */
function otherRoots() {
  if (!isOn('--use-openssl-ca')) return undefined;
  beside ??= [...new Set(require('internal/tls/system_store').systemCertificates())];
  return [...beside, ...extraCertificates()];
}

const free = new FinalizationRegistry((number) => ops.tls_context_free(number));

/** Handle and options of a context. */
class SecureContext {
  constructor(wanted) {
    this.context = {
      number: make(wanted),
      /** Trusts one more certificate. */
      addCACert: (certificate) => {
        wanted[3] = [...wanted[3], checkMaterial(certificate, 'ca')];
        this.context.number = make(wanted);
        free.register(this.context, this.context.number);
      },
    };
    free.register(this.context, this.context.number);
  }
}

/** A context of the engine's. */
function make(wanted) {
  const made = ops.tls_context(...wanted);
  if (typeof made !== 'number') throw openSslError(made);
  return made;
}

function openSslError([code, message]) {
  const error = new Error(message);
  const [, , library, , reason] = message.split(':');
  error.library = library;
  error.reason = reason;
  error.code = code;
  return error;
}

function checkMaterial(value, name) {
  if (typeof value !== 'string' && !ArrayBuffer.isView(value)) {
    throw new codes.ERR_INVALID_ARG_TYPE(`options.${name}`, ['string', 'Buffer', 'TypedArray', 'DataView'], value);
  }
  return value;
}

/** One or several of something, as a list. */
function toList(value, name) {
  if (!value) return [];
  return (Array.isArray(value) ? value : [value]).filter(Boolean).map((item) => checkMaterial(item, name));
}

/** Keys may come with their passphrase: `{ pem, passphrase }`. */
function keysOf(options) {
  const { key, passphrase } = options;
  if (!key) return [];
  const keys = (Array.isArray(key) ? key : [checkMaterial(key, 'key')]).filter(Boolean);
  return keys.map((item) => {
    const isPlain = typeof item === 'string' || ArrayBuffer.isView(item);
    const pem = isPlain ? item : item.pem;
    const secret = isPlain ? passphrase : item.passphrase ?? passphrase;
    checkMaterial(pem ?? item, 'key');
    if (secret !== undefined && secret !== null) validateString(secret, 'options.passphrase');
    if (!ENCRYPTED.test(String(pem))) return pem;
    if (!secret) throw openSslError(['ERR_OSSL_BAD_DECRYPT', 'error:1C800064:Provider routines::bad decrypt']);
    return decrypted(pem, secret);
  });
}

/** What the option `pfx` holds: bundles of a key and its certificates, each perhaps with a passphrase of its own. */
function bundlesOf({ passphrase, pfx }) {
  if (!pfx) return [];
  const { pfxToPem } = require('internal/crypto/pkcs12');
  return (Array.isArray(pfx) ? pfx : [pfx]).map((item) => {
    const bundle = item?.buf ?? item;
    return pfxToPem(bundle, item?.passphrase ?? passphrase);
  });
}

/** A key in the clear. */
function decrypted(pem, passphrase) {
  const { createPrivateKey } = require('crypto');
  return createPrivateKey({ key: pem, passphrase }).export({ type: 'pkcs8', format: 'pem' });
}

const ENCRYPTED = /ENCRYPTED/;

function versionOf(version, fallback, kind) {
  const number = VERSIONS[version ?? fallback];
  if (number === undefined) throw new codes.ERR_TLS_INVALID_PROTOCOL_VERSION(version, kind);
  return number;
}

/** Lowest and highest version. */
function versionsOf({ minVersion, maxVersion, secureProtocol }) {
  if (secureProtocol !== undefined && secureProtocol !== null) {
    validateString(secureProtocol, 'options.secureProtocol');
    for (const version of [minVersion, maxVersion]) {
      if (version !== undefined && version !== null) {
        throw new codes.ERR_TLS_PROTOCOL_VERSION_CONFLICT(version, secureProtocol);
      }
    }
    if (secureProtocol.startsWith('SSLv2_')) {
      throw new codes.ERR_TLS_INVALID_PROTOCOL_METHOD('SSLv2 methods disabled');
    }
    if (secureProtocol.startsWith('SSLv3_')) {
      throw new codes.ERR_TLS_INVALID_PROTOCOL_METHOD('SSLv3 methods disabled');
    }
    const found = METHODS[secureProtocol];
    if (found === undefined) throw new codes.ERR_TLS_INVALID_PROTOCOL_METHOD(`Unknown method: ${secureProtocol}`);
    return found;
  }
  return [
    versionOf(minVersion, defaults.minVersion, 'minimum'),
    versionOf(maxVersion, defaults.maxVersion, 'maximum'),
  ];
}

/** Words that stand for many ciphers at once. */
const SELECTORS = new Set(['HIGH', 'MEDIUM', 'LOW', 'DEFAULT', 'ALL', 'COMPLEMENTOFDEFAULT', 'aRSA', 'ECDHE', 'EECDH', 'kECDHE',
  'ECDH', 'AESGCM', 'AES', 'AES128', 'AES256', 'CHACHA20', 'TLSv1.2', 'RSA', 'AESCCM']);

/** Names of known ciphers in a list of OpenSSL's; none for all of them. */
function ciphersOf({ ciphers }) {
  if (ciphers === undefined || ciphers === null) return [];
  validateString(ciphers, 'options.ciphers');
  const known = new Set(ops.tls_ciphers());
  const words = ciphers.split(/[:, ]/).filter((word) => word !== '' && !/^[!@-]/.test(word));
  if (words.some((word) => SELECTORS.has(word) || /[+]/.test(word))) return [];
  const found = words.filter((word) => known.has(word));
  if (found.length === 0 && words.length > 0) {
    throw openSslError(['ERR_SSL_NO_CIPHER_MATCH', 'error:0A0000B9:SSL routines::no cipher match']);
  }
  return found;
}

function checkTexts(options) {
  for (const name of ['sigalgs', 'ecdhCurve', 'clientCertEngine', 'privateKeyEngine', 'privateKeyIdentifier', 'sessionIdContext']) {
    if (options[name] !== undefined && options[name] !== null) validateString(options[name], `options.${name}`);
  }
  if (options.sigalgs === '') throw new codes.ERR_INVALID_ARG_VALUE('options.sigalgs', '');
  if (options.sessionTimeout !== undefined && options.sessionTimeout !== null) {
    validateInt32(options.sessionTimeout, 'options.sessionTimeout', 0);
  }
  if (options.secureOptions !== undefined && options.secureOptions !== null) {
    validateNumber(options.secureOptions, 'options.secureOptions');
  }
  if (options.ticketKeys !== undefined && options.ticketKeys !== null) {
    const { ticketKeys } = options;
    if (!ArrayBuffer.isView(ticketKeys)) {
      throw new codes.ERR_INVALID_ARG_TYPE('options.ticketKeys', ['Buffer', 'TypedArray', 'DataView'], ticketKeys);
    }
    if (ticketKeys.byteLength !== 48) {
      throw new codes.ERR_INVALID_ARG_VALUE('options.ticketKeys', ticketKeys.byteLength, 'must be exactly 48 bytes');
    }
  }
}

function createSecureContext(options) {
  options ??= {};
  const [lowest, highest] = versionsOf(options);
  checkTexts(options);
  const ca = toList(options.ca, 'ca');
  const trusted = ca.length > 0 ? ca : defaultCertificates() ?? otherRoots();
  const bundles = bundlesOf(options);
  const further = trusted === undefined ? furtherCertificates() : [];
  return new SecureContext([
    [...toList(options.cert, 'cert'), ...bundles.map(({ cert }) => cert)],
    [...keysOf(options), ...bundles.map(({ key }) => key)],
    trusted, [...further, ...bundles.flatMap((bundle) => bundle.further)],
    Boolean(options.allowPartialTrustChain), lowest, highest, ciphersOf(options),
  ]);
}

module.exports = {
  SecureContext, createSecureContext, defaultCertificates, defaults, extraCertificates, setDefaultCertificates,
};
