'use strict';

// The certificates that the machine trusts: where OpenSSL looks (SSL_CERT_FILE, SSL_CERT_DIR), or else where
// distributions keep them.

const FILES = ['/etc/ssl/certs/ca-certificates.crt', '/etc/pki/tls/certs/ca-bundle.crt', '/etc/ssl/cert.pem'];
const FOLDERS = ['/etc/ssl/certs', '/etc/pki/tls/certs'];
const CERTIFICATE = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;

let store;

/** Their texts in PEM, in order, as often as they are found; read once. */
function systemCertificates() {
  if (store !== undefined) return store;
  const fs = require('fs');
  const path = require('path');
  const { SSL_CERT_FILE, SSL_CERT_DIR } = process.env;
  const file = SSL_CERT_FILE ?? FILES.find((one) => fs.existsSync(one));
  const folders = SSL_CERT_DIR === undefined ? [FOLDERS.find((one) => fs.existsSync(one))] : SSL_CERT_DIR.split(':');
  const paths = file === undefined ? [] : [file];
  for (const folder of folders.filter(Boolean)) {
    try {
      paths.push(...fs.readdirSync(folder).map((name) => path.join(folder, name)));
    } catch {
      // A folder that is not there holds nothing.
    }
  }
  store = paths.flatMap((one) => {
    try {
      return fs.readFileSync(one, 'latin1').match(CERTIFICATE) ?? [];
    } catch {
      return [];
    }
  });
  return store;
}

module.exports = { systemCertificates };
