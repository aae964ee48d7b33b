'use strict';

// How the components of a URL pattern are written in a URL
// (https://urlpattern.spec.whatwg.org/#canon-encoding-callbacks).

const USERNAME = 2;
const PASSWORD = 3;
const HOSTNAME = 5;
const PATHNAME = 7;
const SEARCH = 8;
const HASH = 9;

const offsets = new Uint32Array(8);
const DEFAULT_PORTS = { http: '80', https: '443', ws: '80', wss: '443', ftp: '21', file: '' };

const isSpecial = (protocol) => Object.hasOwn(DEFAULT_PORTS, protocol);

/** The text of the URL `base` with one field set; `offsets` then says where its parts are. */
function set(base, field, value) {
  const href = ops.url_set(base, field, value, offsets);
  if (href === undefined) throw new TypeError(`invalid ${value}`);
  return href;
}

const BASE = 'https://dummy.invalid/';

function protocol(value) {
  if (value === '') return '';
  const href = ops.url_parse(`${value}://dummy.invalid`, undefined, offsets);
  if (href === undefined || value.charCodeAt(0) <= 0x20) throw new TypeError(`invalid protocol ${value}`);
  return href.slice(0, offsets[0]);
}

function username(value) {
  return value === '' ? '' : set(BASE, USERNAME, value).slice(8, offsets[1]);
}

function password(value) {
  return value === '' ? '' : set(BASE, PASSWORD, value).slice(offsets[1] + 1, offsets[2] - 1);
}

function hostIn(base, value) {
  if (value === '') return '';
  if (/[\s:<>@\\^|]/.test(value.replace(/^\[.*\]$/, ''))) throw new TypeError(`invalid hostname ${value}`);
  return set(base, HOSTNAME, value).slice(offsets[2], offsets[3]);
}

const hostname = (value) => hostIn(BASE, value);

const opaqueHostname = (value) => hostIn('dummy://dummy.invalid/', value);

function addressHostname(value) {
  if (!/^[\da-fA-F[\]:]*$/.test(value)) throw new TypeError(`invalid address ${value}`);
  return value.toLowerCase();
}

function port(value, ofProtocol = '') {
  if (value === '') return '';
  const [digits] = /^\d+/.exec(value) ?? [];
  if (digits === undefined || Number(digits) > 65535) throw new TypeError(`invalid port ${value}`);
  const number = String(Number(digits));
  return DEFAULT_PORTS[ofProtocol] === number ? '' : number;
}

function pathname(value) {
  if (value === '') return '';
  const hasSlash = value.startsWith('/');
  const path = set(BASE, PATHNAME, hasSlash ? value : `/-${value}`).slice(offsets[5]);
  return hasSlash ? path : path.slice(2);
}

/** Only control characters and what is no ASCII are escaped. */
function opaquePathname(value) {
  return value.toWellFormed().replace(/[^\x20-\x7e]/gu, encodeURIComponent);
}

function search(value) {
  return value === '' ? '' : set(BASE, SEARCH, `?${value}`).slice(offsets[6] + 1);
}

function hash(value) {
  return value === '' ? '' : set(BASE, HASH, `#${value}`).slice(offsets[7] + 1);
}

module.exports = {
  DEFAULT_PORTS, addressHostname, hash, hostname, isSpecial, opaqueHostname, opaquePathname, password, pathname, port,
  protocol, search, username,
};
