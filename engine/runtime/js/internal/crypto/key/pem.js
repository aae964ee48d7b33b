'use strict';

// PEM: DER in base64 between two lines (RFC 7468), with the old encryption of OpenSSL (RFC 1421).

const { Buffer } = require('buffer');

const { createCipheriv, createDecipheriv } = require('internal/crypto/cipher');
const { cipherByName } = require('internal/crypto/cipher_info');

const BLOCK = /-----BEGIN ([A-Z0-9 ]+)-----\s*?\r?\n([\s\S]*?)-----END \1-----/g;

/** The blocks of a text: `{ label, headers, der }`. */
function* decode(text) {
  for (const [, label, body] of text.matchAll(BLOCK)) {
    let headers;
    let base64 = body;
    if (/^[\w-]+: /.test(body)) {
      const [head, rest = ''] = body.split(/\r?\n[ \t]*\r?\n/, 2);
      headers = head;
      base64 = rest;
    }
    yield { label, headers, der: Buffer.from(base64, 'base64') };
  }
}

function encode(label, der, headers = '') {
  const lines = der.toString('base64').match(/.{1,64}/g) ?? [];
  return `-----BEGIN ${label}-----\n${headers}${lines.join('\n')}\n-----END ${label}-----\n`;
}

/** OpenSSL's own way from a passphrase to a key: MD5 over and over. */
function oldKey(passphrase, salt, length) {
  let key = Buffer.alloc(0);
  let last = Buffer.alloc(0);
  while (key.length < length) {
    last = Buffer.from(ops.crypto_hash_once('md5', Buffer.concat([last, passphrase, salt]), 0));
    key = Buffer.concat([key, last]);
  }
  return key.subarray(0, length);
}

/** Decrypts a block with headers; undefined when they say nothing known. */
function decrypt({ headers, der }, passphrase) {
  const found = /DEK-Info: ([\w-]+),([0-9A-Fa-f]+)/.exec(headers);
  const info = found && cipherByName(found[1]);
  if (!info) return undefined;
  const iv = Buffer.from(found[2], 'hex');
  const key = oldKey(passphrase, iv.subarray(0, 8), info.keyLength);
  const decipher = createDecipheriv(info.name, key, iv);
  return Buffer.concat([decipher.update(der), decipher.final()]);
}

/** A block encrypted in the old way. */
function encodeEncrypted(label, der, cipherName, passphrase) {
  const info = cipherByName(cipherName);
  const iv = Buffer.alloc(info.ivLength);
  ops.crypto_random_fill(iv);
  const cipher = createCipheriv(info.name, oldKey(passphrase, iv.subarray(0, 8), info.keyLength), iv);
  const secret = Buffer.concat([cipher.update(der), cipher.final()]);
  const name = info.name.toUpperCase();
  return encode(label, secret, `Proc-Type: 4,ENCRYPTED\nDEK-Info: ${name},${iv.toString('hex').toUpperCase()}\n\n`);
}

module.exports = { decode, decrypt, encode, encodeEncrypted };
