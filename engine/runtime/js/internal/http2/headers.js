'use strict';

// Headers as objects and as the lists that go over the wire (https://nodejs.org/api/http2.html#headers-object).

const { codes } = require('internal/errors');

/** Marks headers that must not be kept in tables for compression. */
const sensitiveHeaders = Symbol('sensitiveHeaders');

const REQUEST_PSEUDO = new Set([':method', ':scheme', ':authority', ':path', ':protocol']);
/** Headers that there is only one of. */
const SINGLE = new Set([
  ':status', ':method', ':authority', ':scheme', ':path', ':protocol', 'access-control-allow-credentials',
  'access-control-max-age', 'access-control-request-method', 'age', 'authorization', 'content-encoding', 'content-language',
  'content-length', 'content-location', 'content-md5', 'content-range', 'content-type', 'date', 'dnt', 'etag', 'expires',
  'from', 'host', 'if-match', 'if-modified-since', 'if-none-match', 'if-range', 'if-unmodified-since', 'last-modified',
  'location', 'max-forwards', 'proxy-authorization', 'range', 'referer', 'retry-after', 'tk', 'upgrade-insecure-requests',
  'user-agent', 'x-content-type-options',
]);
const CONNECTION = new Set(['connection', 'upgrade', 'http2-settings', 'keep-alive', 'proxy-connection', 'transfer-encoding']);
const NAME = /^[!#$%&'*+\-.^_`|~0-9a-z]+$/;
const WRONG_VALUE = /[^\t\x20-\x7e\x80-\xff]/;

/** The list `[name, value, …]` of an object or of a list, pseudo-headers first. */
function toList(headers, pseudo) {
  const first = [];
  const others = [];
  const seen = new Set();
  const add = (given, value) => {
    if (value === undefined || value === null) return;
    const name = `${given}`.toLowerCase();
    if (Array.isArray(value)) {
      if (value.length === 0) return;
      if (value.length > 1 && SINGLE.has(name)) throw new codes.ERR_HTTP2_HEADER_SINGLE_VALUE(name);
      for (const one of value) put(name, `${one}`);
      return;
    }
    put(name, `${value}`);
  };
  const put = (name, value) => {
    if (SINGLE.has(name)) {
      if (seen.has(name)) throw new codes.ERR_HTTP2_HEADER_SINGLE_VALUE(name);
      seen.add(name);
    }
    if (name.startsWith(':')) {
      if (!pseudo.has(name)) throw new codes.ERR_HTTP2_INVALID_PSEUDOHEADER(name);
      first.push(name, value);
      return;
    }
    if (!NAME.test(name)) throw new codes.ERR_INVALID_HTTP_TOKEN('Header name', name);
    if (CONNECTION.has(name) || (name === 'te' && value !== 'trailers')) throw new codes.ERR_HTTP2_INVALID_CONNECTION_HEADERS(name);
    if (WRONG_VALUE.test(value)) throw new codes.ERR_INVALID_CHAR('header content', name);
    others.push(name, value);
  };
  if (Array.isArray(headers)) {
    for (let index = 0; index < headers.length; index += 2) add(headers[index], headers[index + 1]);
  } else {
    for (const name of Object.keys(headers)) add(name, headers[name]);
  }
  return [...first, ...others];
}

/** The object for a list that has arrived. */
function toObject(list, sensitive = []) {
  const headers = { __proto__: null };
  for (let index = 0; index < list.length; index += 2) {
    const name = list[index];
    const value = name === ':status' ? Number(list[index + 1]) : list[index + 1];
    const known = headers[name];
    if (name === 'set-cookie') {
      if (known === undefined) headers[name] = [value];
      else known.push(value);
    } else if (known === undefined) {
      headers[name] = value;
    } else if (name === 'cookie') {
      headers[name] = `${known}; ${value}`;
    } else if (!SINGLE.has(name)) {
      headers[name] = `${known}, ${value}`;
    }
  }
  headers[sensitiveHeaders] = sensitive;
  return headers;
}

/** Whether a list that has arrived is a message as HTTP/2 wants it. */
function isWellFormed(list, { isRequest = false, isTrailers = false } = {}) {
  let isPseudo = true;
  const seen = new Set();
  for (let index = 0; index < list.length; index += 2) {
    const name = list[index];
    if (name.startsWith(':')) {
      if (!isPseudo || isTrailers || seen.has(name)) return false;
      if (isRequest ? !REQUEST_PSEUDO.has(name) : name !== ':status') return false;
      seen.add(name);
      continue;
    }
    isPseudo = false;
    if (!NAME.test(name) || CONNECTION.has(name) || WRONG_VALUE.test(list[index + 1])) return false;
    if (name === 'te' && list[index + 1] !== 'trailers') return false;
  }
  if (isTrailers) return true;
  if (!isRequest) return seen.has(':status');
  const [, method] = [0, list[list.indexOf(':method') + 1]];
  if (!seen.has(':method')) return false;
  return method === 'CONNECT' ? seen.has(':authority') : seen.has(':scheme') && seen.has(':path');
}

module.exports = {
  REQUEST_PSEUDO, RESPONSE_PSEUDO: new Set([':status']), TRAILER_PSEUDO: new Set(), isWellFormed, sensitiveHeaders, toList, toObject,
};
