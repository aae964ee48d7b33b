'use strict';

// Certificates (RFC 5280): what stands in them.

const { Buffer } = require('buffer');
const { DerError, OCTET_STRING, SEQUENCE, read } = require('internal/crypto/key/der');
const { attributes } = require('internal/crypto/x509/names');

const UTF8_STRING = 0x0c;
const BMP_STRING = 0x1e;
const UNIVERSAL_STRING = 0x1c;
const UTC_TIME = 0x17;

/** The text of a string of any kind. */
function textOf({ tag, content }) {
  if (tag === UTF8_STRING) return content.toString('utf8');
  if (tag === BMP_STRING) return Buffer.from(content).swap16().toString('utf16le');
  if (tag === UNIVERSAL_STRING) {
    let text = '';
    for (let at = 0; at + 4 <= content.length; at += 4) text += String.fromCodePoint(content.readUInt32BE(at));
    return text;
  }
  return content.toString('latin1');
}

/** A distinguished name: `[[{ oid, name, value }, …], …]`, the inner lists being parts that belong together. */
function nameOf(element) {
  return element.children.map((set) =>
    set.children.map((attribute) => {
      const [id, value] = attribute.children;
      return { oid: id.oid, name: attributes[id.oid] ?? id.oid, value: textOf(value) };
    }),
  );
}

/** A time as milliseconds since 1970. */
function timeOf({ tag, content }) {
  const digits = content.toString('latin1');
  const year = tag === UTC_TIME ? digits.slice(0, 2) : digits.slice(0, 4);
  const full = tag === UTC_TIME ? Number(year) + (Number(year) < 50 ? 2000 : 1900) : Number(year);
  const rest = digits.slice(year.length).match(/\d\d/g).map(Number);
  const [month, day, hour, minute, second = 0] = rest;
  return Date.UTC(full, month - 1, day, hour, minute, second);
}

function extensionsOf(element) {
  const found = new Map();
  for (const extension of element.children[0].children) {
    const parts = extension.children;
    found.set(parts[0].oid, parts.at(-1).expect(OCTET_STRING).content);
  }
  return found;
}

/** The parts of a certificate; throws for what is none. */
function parse(der) {
  const whole = read(der).expect(SEQUENCE);
  const [signed, algorithm, signature] = whole.children;
  if (signature === undefined) throw new DerError('not enough data');
  const parts = signed.expect(SEQUENCE).children;
  if (parts[0].tag === 0xa0) parts.shift();
  const [serial, , issuer, validity, subject, spki, ...rest] = parts;
  if (spki === undefined) throw new DerError('not enough data');
  const [from, to] = validity.children;
  const extensions = rest.find((element) => element.tag === 0xa3);
  return {
    raw: Buffer.from(whole.whole),
    signed: signed.whole,
    algorithm: algorithm.children[0].oid,
    algorithmParameters: algorithm.children[1],
    signature: signature.bits,
    serial: serial.content,
    issuer: nameOf(issuer),
    issuerRaw: issuer.whole,
    subject: nameOf(subject),
    subjectRaw: subject.whole,
    from: timeOf(from),
    to: timeOf(to),
    spki: spki.whole,
    extensions: extensions === undefined ? new Map() : extensionsOf(extensions),
  };
}

module.exports = { nameOf, parse, textOf };
