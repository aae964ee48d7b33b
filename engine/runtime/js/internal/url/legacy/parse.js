'use strict';

// `url.parse` (https://nodejs.org/api/url.html#urlparseurlstring-parsequerystring-slashesdenotehost): the parser that
// Node had before the URL standard. It guesses where the standard refuses.

const { codes } = require('internal/errors');
const { isScript, withSlashes } = require('internal/url/legacy/schemes');

const BLANK_ENDS = /^[\0- \ufeff\u00a0]+|[\0- \ufeff\u00a0]+$/g;
const SCHEME = /^[a-z0-9.+-]+:/i;
const PATH_ONLY = /^(\/\/?(?!\/)[^?\s]*)(\?\S*)?$/;
const AUTHORITY = /^\/\/[^@/]+@[^@/]+/;
const PORT = /:\d*$/;
/** What is escaped everywhere behind the host. */
const ESCAPED = /[\t\n\r "'<>\\^`{|}]/g;
const FORBIDDEN_IN_HOST = /[\0\t\n\r #%/:<>?@[\\\]^|]/;
const FORBIDDEN_IN_ADDRESS = /[\0\t\n\r #%/<>?@\\^|]/;
const LONGEST_HOST = 255;

const escapeCharacter = (character) => `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;

/** Backslashes before the query and the fragment count as slashes. */
function withForwardSlashes(text) {
  const end = text.search(/[?#]/);
  if (end === -1) return text.replaceAll('\\', '/');
  return `${text.slice(0, end).replaceAll('\\', '/')}${text.slice(end)}`;
}

function isAddress(hostname) {
  return hostname.startsWith('[') && hostname.endsWith(']');
}

/** Splits what follows `//` into user, host and the rest. Tabs and line ends before the path count for nothing. */
function splitAuthority(whole) {
  const path = whole.search(/[/?#]/);
  const before = path === -1 ? whole : whole.slice(0, path);
  const text = before.replace(/[\t\n\r]/g, '') + whole.slice(before.length);
  let at = -1;
  let end = -1;
  for (let i = 0; i < text.length; i++) {
    const character = text[i];
    if (character === '@') {
      // Whatever stands before the last @ is the user's name and password.
      at = i;
      end = -1;
    } else if (character === '/' || character === '?' || character === '#') {
      if (end === -1) end = i;
      break;
    } else if (end === -1 && ' "%\';<>\\^`{|}'.includes(character)) {
      end = i;
    }
  }
  if (end === -1) end = text.length;
  return { auth: at === -1 ? null : text.slice(0, at), host: text.slice(at + 1, end), rest: text.slice(end) };
}

/** Takes the port off `url.host`. */
function parseHost(url) {
  let { host } = url;
  const port = PORT.exec(host)?.[0];
  if (port !== undefined) {
    if (port !== ':') url.port = port.slice(1);
    host = host.slice(0, -port.length);
  }
  if (host) url.hostname = host;
}

/** Makes the host name ASCII and refuses what cannot be one. */
function checkHostname(url, text) {
  let { hostname } = url;
  if (isAddress(hostname)) {
    hostname = hostname.toLowerCase();
    if (FORBIDDEN_IN_ADDRESS.test(hostname)) throw new codes.ERR_INVALID_URL(text);
    return hostname;
  }
  if (hostname.includes(':')) throw new codes.ERR_INVALID_ARG_VALUE('url', 'Invalid port in url', text);
  hostname = hostname.length > LONGEST_HOST ? '' : hostname.toLowerCase();
  if (hostname === '') return hostname;
  if (/[^\0-\x7f]/.test(hostname)) hostname = require('internal/url/domain').lenientToASCII(hostname);
  if (hostname === '' || FORBIDDEN_IN_HOST.test(hostname)) throw new codes.ERR_INVALID_URL(text);
  return hostname;
}

/** Reads the host at the start of `text` and returns what follows it. */
function takeAuthority(url, text, whole) {
  const { auth, host, rest } = splitAuthority(text);
  if (auth !== null) url.auth = decodeURIComponent(auth);
  url.host = host;
  url.parseHost();
  if (typeof url.hostname !== 'string') url.hostname = '';
  url.hostname = checkHostname(url, whole);
  url.host = `${url.hostname}${url.port ? `:${url.port}` : ''}`;
  if (!isAddress(url.hostname)) return rest;
  url.hostname = url.hostname.slice(1, -1);
  return rest.startsWith('/') ? rest : `/${rest}`;
}

function setQuery(url, search, parseQueryString) {
  if (search === undefined) {
    if (parseQueryString) {
      url.search = null;
      url.query = { __proto__: null };
    }
    return;
  }
  url.search = search;
  url.query = search.slice(1);
  if (parseQueryString) url.query = require('querystring').parse(url.query);
}

/** Reads path, query and fragment. */
function takePath(url, rest, parseQueryString) {
  const hash = rest.indexOf('#');
  if (hash !== -1) url.hash = rest.slice(hash);
  const before = hash === -1 ? rest : rest.slice(0, hash);
  const query = before.indexOf('?');
  setQuery(url, query === -1 ? undefined : before.slice(query), parseQueryString);
  const pathname = query === -1 ? before : before.slice(0, query);
  if (pathname !== '') url.pathname = pathname;
}

/** `Url.prototype.parse`. */
function parse(url, text, parseQueryString, slashesDenoteHost) {
  let rest = withForwardSlashes(text.replace(BLANK_ENDS, ''));
  if (!slashesDenoteHost && !/[#@]/.test(rest)) {
    const simple = PATH_ONLY.exec(rest);
    if (simple !== null) {
      url.path = rest;
      url.href = rest;
      url.pathname = simple[1];
      setQuery(url, simple[2], parseQueryString);
      return url;
    }
  }
  const scheme = SCHEME.exec(rest)?.[0];
  const protocol = scheme?.toLowerCase();
  if (scheme !== undefined) {
    url.protocol = protocol;
    rest = rest.slice(scheme.length);
  }
  const isScriptUrl = isScript(protocol);
  let slashes = false;
  if (slashesDenoteHost || scheme !== undefined || AUTHORITY.test(rest)) {
    slashes = rest.startsWith('//') && !isScriptUrl;
    if (slashes) {
      rest = rest.slice(2);
      url.slashes = true;
    }
  }
  if (!isScriptUrl && (slashes || (protocol !== undefined && !withSlashes.has(protocol)))) {
    rest = takeAuthority(url, rest, text);
  }
  if (!isScriptUrl) rest = rest.replace(ESCAPED, escapeCharacter);
  takePath(url, rest, parseQueryString);
  if (withSlashes.has(protocol) && url.hostname && !url.pathname) url.pathname = '/';
  if (url.pathname || url.search) url.path = `${url.pathname || ''}${url.search || ''}`;
  url.href = url.format();
  return url;
}

module.exports = { parse, parseHost };
