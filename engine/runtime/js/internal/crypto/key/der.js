'use strict';

// ASN.1 in DER (ITU-T X.690), as keys and certificates are written.

const { Buffer } = require('buffer');

const BOOLEAN = 0x01;
const INTEGER = 0x02;
const BIT_STRING = 0x03;
const OCTET_STRING = 0x04;
const NULL = 0x05;
const OID = 0x06;
const SEQUENCE = 0x30;
const SET = 0x31;

/** What `read` throws for bytes that are no DER. */
class DerError extends Error {}

/** One element: its tag, its whole bytes and its content. */
class Element {
  constructor(bytes, start, contentStart, end) {
    this.tag = bytes[start];
    this.whole = bytes.subarray(start, end);
    this.content = bytes.subarray(contentStart, end);
  }

  /** The elements inside. */
  get children() {
    const found = [];
    for (let at = 0; at < this.content.length; ) {
      const child = readAt(this.content, at);
      found.push(child);
      at += child.whole.length;
    }
    return found;
  }

  /** The element itself, if it has this tag. */
  expect(tag) {
    if (this.tag !== tag) throw new DerError('wrong tag');
    return this;
  }

  /** The digits of a whole number that is not negative. */
  get unsigned() {
    this.expect(INTEGER);
    let start = 0;
    while (start < this.content.length - 1 && this.content[start] === 0) start++;
    return this.content.subarray(start);
  }

  /** A small whole number. */
  get number() {
    return Number.parseInt(this.unsigned.toString('hex') || '0', 16);
  }

  /** The bytes of a bit string of whole bytes. */
  get bits() {
    this.expect(BIT_STRING);
    return this.content.subarray(1);
  }

  /** An object identifier as dotted text. */
  get oid() {
    return oidText(this.expect(OID).content);
  }
}

function oidText(bytes) {
  const numbers = [];
  let value = 0n;
  for (const byte of bytes) {
    value = (value << 7n) | BigInt(byte & 0x7f);
    if (byte < 0x80) {
      numbers.push(value);
      value = 0n;
    }
  }
  const first = numbers[0] < 40n ? 0n : numbers[0] < 80n ? 1n : 2n;
  return [first, numbers[0] - first * 40n, ...numbers.slice(1)].join('.');
}

function readAt(bytes, start) {
  if (start + 2 > bytes.length) throw new DerError('not enough data');
  let at = start + 1;
  if ((bytes[start] & 0x1f) === 0x1f) throw new DerError('bad object header');
  let length = bytes[at++];
  if (length >= 0x80) {
    const count = length & 0x7f;
    if (count === 0 || count > 4 || at + count > bytes.length) throw new DerError('bad object header');
    length = bytes.readUIntBE(at, count);
    at += count;
  }
  if (at + length > bytes.length) throw new DerError('too long');
  return new Element(bytes, start, at, at + length);
}

/** The element at the start of the bytes. */
function read(bytes) {
  return readAt(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), 0);
}

/** An element of this tag around the bytes. */
function write(tag, ...contents) {
  const content = Buffer.concat(contents);
  const { length } = content;
  if (length < 0x80) return Buffer.concat([Buffer.from([tag, length]), content]);
  const digits = Buffer.alloc(4);
  digits.writeUInt32BE(length);
  const start = digits.findIndex((byte) => byte !== 0);
  return Buffer.concat([Buffer.from([tag, 0x80 | (4 - start)]), digits.subarray(start), content]);
}

const sequence = (...contents) => write(SEQUENCE, ...contents);
const octets = (...contents) => write(OCTET_STRING, ...contents);
const bitString = (bytes) => write(BIT_STRING, Buffer.from([0]), bytes);
const nothing = () => write(NULL);

/** A whole number from its digits. */
function unsigned(digits) {
  let start = 0;
  while (start < digits.length - 1 && digits[start] === 0) start++;
  const rest = digits.subarray(start);
  if (rest.length === 0) return write(INTEGER, Buffer.from([0]));
  return rest[0] >= 0x80 ? write(INTEGER, Buffer.from([0]), rest) : write(INTEGER, rest);
}

/** A small whole number. */
function small(number) {
  const digits = number.toString(16);
  return unsigned(Buffer.from(digits.padStart(digits.length + (digits.length % 2), '0'), 'hex'));
}

/** An object identifier from dotted text. */
function oid(text) {
  const [first, second, ...rest] = text.split('.').map(Number);
  const bytes = [];
  for (let value of [first * 40 + second, ...rest]) {
    const digits = [value & 0x7f];
    while ((value = Math.floor(value / 128)) > 0) digits.unshift((value & 0x7f) | 0x80);
    bytes.push(...digits);
  }
  return write(OID, Buffer.from(bytes));
}

module.exports = {
  BIT_STRING, BOOLEAN, DerError, INTEGER, NULL, OCTET_STRING, OID, SEQUENCE, SET, bitString, nothing, octets, oid, read,
  sequence, small, unsigned, write,
};
