'use strict';

// Encrypted connections (https://nodejs.org/api/tls.html).

const context = require('internal/tls/context');
const { convertALPNProtocols } = require('internal/tls/alpn');
const { checkServerIdentity } = require('internal/tls/identity');
const { connect } = require('internal/tls/connect');
const { Server, createServer } = require('internal/tls/server');
const { TLSSocket } = require('internal/tls/socket');

const DEFAULT_CIPHERS = require('internal/options').valueOf('--tls-cipher-list') ?? 'TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256:TLS_AES_128_GCM_SHA256:' +
  'ECDHE-RSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES256-GCM-SHA384:' +
  'ECDHE-ECDSA-AES256-GCM-SHA384:DHE-RSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-SHA256:DHE-RSA-AES128-SHA256:' +
  'ECDHE-RSA-AES256-SHA384:DHE-RSA-AES256-SHA384:ECDHE-RSA-AES256-SHA256:DHE-RSA-AES256-SHA256:HIGH:!aNULL:!eNULL:' +
  '!EXPORT:!DES:!RC4:!MD5:!PSK:!SRP:!CAMELLIA';

/** Names of the ciphers there are, in lower case. */
function getCiphers() {
  return ops.tls_ciphers().map((name) => name.toLowerCase()).sort();
}

const CERTIFICATE = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;

let roots;

/** The roots that come with the program, in PEM. */
function rootCertificates() {
  if (roots === undefined) {
    const { Buffer } = require('buffer');
    roots = Object.freeze(ops.tls_roots().map((bytes) => {
      const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
      return `-----BEGIN CERTIFICATE-----\n${text.match(/.{1,64}/g).join('\n')}\n-----END CERTIFICATE-----`;
    }));
  }
  return roots;
}

/** Certificates that are trusted unless a connection says otherwise, as far as their text is known. */
function getCACertificates(type = 'default') {
  const { codes } = require('internal/errors');
  require('internal/validators').validateString(type, 'type');
  if (!['default', 'system', 'bundled', 'extra'].includes(type)) throw new codes.ERR_INVALID_ARG_VALUE('type', type);
  const texts = (list) => [...new Set(list.flatMap((item) => String(item).match(CERTIFICATE) ?? []))];
  if (type === 'extra') return texts(context.extraCertificates());
  if (type === 'bundled') return rootCertificates();
  const system = () => require('internal/tls/system_store').systemCertificates();
  if (type === 'system') return [...system()];
  const replaced = context.defaultCertificates();
  if (replaced !== undefined) return texts(replaced);
  const { isOn } = require('internal/options');
  // Those that OpenSSL itself finds are not known before they are needed.
  return [
    ...isOn('--use-openssl-ca') ? [] : rootCertificates(),
    ...isOn('--use-system-ca') ? system() : [],
    ...texts(context.extraCertificates()),
  ];
}

function setDefaultCACertificates(certificates) {
  const { validateArray } = require('internal/validators');
  validateArray(certificates, 'certs');
  const { codes } = require('internal/errors');
  certificates.forEach((certificate, index) => {
    if (typeof certificate !== 'string' && !ArrayBuffer.isView(certificate)) {
      throw new codes.ERR_INVALID_ARG_TYPE(`certs[${index}]`, ['string', 'ArrayBufferView'], certificate);
    }
  });
  const { Buffer } = require('buffer');
  const toText = (item) => (typeof item === 'string' ?
    item :
    Buffer.from(item.buffer, item.byteOffset, item.byteLength).toString('latin1'));
  const texts = certificates.map(toText);
  if (texts.length > 0 && !texts.some((text) => text.includes('-----BEGIN CERTIFICATE-----'))) {
    throw new codes.ERR_CRYPTO_OPERATION_FAILED('No valid certificates found in the provided array');
  }
  context.setDefaultCertificates(texts);
}

module.exports = {
  CLIENT_RENEG_LIMIT: 3,
  CLIENT_RENEG_WINDOW: 600,
  DEFAULT_CIPHERS,
  DEFAULT_ECDH_CURVE: 'auto',
  get DEFAULT_MIN_VERSION() {
    return context.defaults.minVersion;
  },
  set DEFAULT_MIN_VERSION(version) {
    context.defaults.minVersion = version;
  },
  get DEFAULT_MAX_VERSION() {
    return context.defaults.maxVersion;
  },
  set DEFAULT_MAX_VERSION(version) {
    context.defaults.maxVersion = version;
  },
  getCiphers,
  get rootCertificates() {
    return rootCertificates();
  },
  getCACertificates,
  setDefaultCACertificates,
  convertALPNProtocols,
  checkServerIdentity,
  createSecureContext: context.createSecureContext,
  SecureContext: context.SecureContext,
  TLSSocket,
  Server,
  createServer,
  connect,
};
