'use strict';

// `url.format` (https://nodejs.org/api/url.html#urlformaturlobject and #urlformaturl-options).

const { withSlashes } = require('internal/url/legacy/schemes');

/** What may stand in `user:password` as it is. */
const AUTH_ESCAPED = /[^\w.!~*'()%:-]/gu;

const escapeAuth = (auth) => auth.toWellFormed().replace(AUTH_ESCAPED, encodeURIComponent).replaceAll('%3A', ':');

function hostOf(url, auth) {
  if (url.host) return `${auth}${url.host}`;
  if (!url.hostname) return null;
  const hostname = `${url.hostname}`;
  const isBare = hostname.includes(':') && !(hostname.startsWith('[') && hostname.endsWith(']'));
  return `${auth}${isBare ? `[${hostname}]` : hostname}${url.port ? `:${url.port}` : ''}`;
}

/** `Url.prototype.format`. */
function formatLegacy(url) {
  const auth = url.auth ? `${escapeAuth(`${url.auth}`)}@` : '';
  let protocol = `${url.protocol || ''}`;
  if (protocol && !protocol.endsWith(':')) protocol += ':';
  let pathname = `${url.pathname || ''}`.replaceAll('#', '%23').replaceAll('?', '%3F');
  let host = hostOf(url, auth);
  const { query } = url;
  const queryText = query !== null && typeof query === 'object' ? require('querystring').stringify(query) : '';
  let search = `${url.search || (queryText && `?${queryText}`) || ''}`;
  search = search.replaceAll('#', '%23');
  if (search && !search.startsWith('?')) search = `?${search}`;
  let hash = `${url.hash || ''}`;
  if (hash && !hash.startsWith('#')) hash = `#${hash}`;
  if (url.slashes || withSlashes.has(protocol)) {
    if (url.slashes || host) {
      if (pathname && !pathname.startsWith('/')) pathname = `/${pathname}`;
      host = `//${host || ''}`;
    } else if (protocol === 'file:') {
      host = '//';
    }
  }
  return `${protocol}${host || ''}${pathname}${search}${hash}`;
}

/** The text of a `URL` without the parts that `options` excludes. */
function formatStandard(url, options) {
  const auth = options?.auth ?? true;
  const fragment = options?.fragment ?? true;
  const search = options?.search ?? true;
  const unicode = options?.unicode ?? false;
  let text = url.protocol;
  const { hostname, port, username, password } = url;
  if (url.href.startsWith('//', text.length)) {
    text += '//';
    if (auth && (username || password)) text += `${username}${password ? `:${password}` : ''}@`;
    text += unicode ? require('internal/url/domain').domainToUnicode(hostname) : hostname;
    if (port !== '') text += `:${port}`;
  } else if (url.pathname.startsWith('//')) {
    text += '/.';
  }
  text += url.pathname;
  const rest = url.href.slice(url.href.length - url.search.length - url.hash.length);
  if (search) text += rest.slice(0, url.search.length);
  return fragment ? `${text}${url.hash}` : text;
}

module.exports = { formatLegacy, formatStandard };
