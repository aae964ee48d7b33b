'use strict';

// How the parts of certificates are written: names, alternative names, times.

const { read } = require('internal/crypto/key/der');
const { accessMethods } = require('internal/crypto/x509/names');
const { nameOf } = require('internal/crypto/x509/parse');

const SUBJECT_ALT_NAME = '2.5.29.17';
const INFO_ACCESS = '1.3.6.1.5.5.7.1.1';
const EXTENDED_KEY_USAGE = '2.5.29.37';
const BASIC_CONSTRAINTS = '2.5.29.19';
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** A value of a name as RFC 2253 writes it. */
function escaped(value) {
  let text = value.replace(/[,+"\\<>;]/g, '\\$&').replace(/^[ #]/, '\\$&').replace(/ $/, '\\ ');
  // eslint-disable-next-line no-control-regex
  text = text.replace(/[\x00-\x1f\x7f]/g, (c) => `\\${c.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`);
  return text;
}

/** A distinguished name, a line for each part; undefined for an empty one. */
function nameText(name, separator = '\n') {
  if (name.length === 0) return undefined;
  return name
    .map((set) => set.map((attribute) => `${attribute.name}=${escaped(attribute.value)}`).join(' + '))
    .join(separator);
}

/** The same as an object; parts that come more than once become arrays. */
function nameObject(name) {
  if (name.length === 0) return undefined;
  const object = { __proto__: null };
  for (const attribute of name.flat()) {
    const had = object[attribute.name];
    if (had === undefined) object[attribute.name] = attribute.value;
    else if (Array.isArray(had)) had.push(attribute.value);
    else object[attribute.name] = [had, attribute.value];
  }
  return object;
}

function timeText(milliseconds) {
  const date = new Date(milliseconds);
  const two = (number) => String(number).padStart(2, '0');
  const day = String(date.getUTCDate()).padStart(2, ' ');
  const clock = `${two(date.getUTCHours())}:${two(date.getUTCMinutes())}:${two(date.getUTCSeconds())}`;
  return `${MONTHS[date.getUTCMonth()]} ${day} ${clock} ${date.getUTCFullYear()} GMT`;
}

function ipText(bytes) {
  if (bytes.length === 4) return bytes.join('.');
  if (bytes.length !== 16) return `<invalid length=${bytes.length}>`;
  const parts = [];
  for (let at = 0; at < 16; at += 2) parts.push(bytes.readUInt16BE(at).toString(16).toUpperCase());
  return parts.join(':');
}

/** Names with characters that would let them look like several ones are written as JSON. */
function plain(text) {
  if (!/[,'"\\\u0000-\u001f\u007f-\uffff]/.test(text)) return text;
  return JSON.stringify(text).replace(/[\u007f-\u00ff]/g, unicode);
}

const unicode = (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;

/** One general name (RFC 5280, 4.2.1.6). */
function generalName(element) {
  const { tag, content } = element;
  switch (tag) {
    case 0x81:
      return `email:${plain(content.toString('latin1'))}`;
    case 0x82:
      return `DNS:${plain(content.toString('latin1'))}`;
    case 0x86:
      return `URI:${plain(content.toString('latin1'))}`;
    case 0x87:
      return `IP Address:${ipText(content)}`;
    case 0x88: {
      const { write } = require('internal/crypto/key/der');
      return `Registered ID:${read(write(0x06, content)).oid}`;
    }
    case 0xa4:
      return `DirName:${plain(nameText(nameOf(element.children[0]), ', ') ?? '')}`;
    default:
      return 'othername:<unsupported>';
  }
}

function altNameElements({ extensions }) {
  const content = extensions.get(SUBJECT_ALT_NAME);
  return content === undefined ? undefined : read(content).children;
}

function altNameText(certificate) {
  return altNameElements(certificate)?.map(generalName).join(', ');
}

function infoAccess({ extensions }) {
  const content = extensions.get(INFO_ACCESS);
  if (content === undefined) return undefined;
  return read(content).children.map((description) => {
    const [method, location] = description.children;
    return [accessMethods[method.oid] ?? method.oid, generalName(location)];
  });
}

function infoAccessText(certificate) {
  return infoAccess(certificate)?.map(([method, location]) => `${method} - ${location}`).join('\n');
}

function infoAccessObject(certificate) {
  const list = infoAccess(certificate);
  if (list === undefined) return undefined;
  const object = { __proto__: null };
  for (const [method, location] of list) {
    const split = location.indexOf(':');
    const key = `${method} - ${location.slice(0, split)}`;
    (object[key] ??= []).push(location.slice(split + 1));
  }
  return object;
}

function extendedKeyUsage({ extensions }) {
  const content = extensions.get(EXTENDED_KEY_USAGE);
  return content === undefined ? undefined : read(content).children.map((element) => element.oid);
}

function isAuthority({ extensions }) {
  const content = extensions.get(BASIC_CONSTRAINTS);
  const [first] = content === undefined ? [] : read(content).children;
  return first !== undefined && first.tag === 0x01 && first.content[0] !== 0;
}

module.exports = {
  altNameElements, altNameText, extendedKeyUsage, infoAccessObject, infoAccessText, ipText, isAuthority, nameObject,
  nameText, timeText,
};
