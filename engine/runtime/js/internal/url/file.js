'use strict';

// Between `file:` URLs and paths (https://nodejs.org/api/url.html#urlfileurltopathurl-options).

const path = require('path');
const { codes } = require('internal/errors');
const { validateString } = require('internal/validators');
const { URL, isURL } = require('internal/url');

const { ERR_INVALID_ARG_TYPE, ERR_INVALID_ARG_VALUE, ERR_INVALID_FILE_URL_HOST, ERR_INVALID_FILE_URL_PATH,
  ERR_INVALID_URL_SCHEME } = codes;

const ESCAPED_SEPARATOR = /%2f/i;
const ESCAPED_SEPARATORS = /%2f|%5c/i;
const DRIVE = /^[a-z]:/i;

const isWindows = (options) => options?.windows ?? process.platform === 'win32';

function fileURL(value) {
  const url = typeof value === 'string' ? new URL(value) : value;
  if (!isURL(url)) throw new ERR_INVALID_ARG_TYPE('path', ['string', 'URL'], value);
  if (url.protocol !== 'file:') throw new ERR_INVALID_URL_SCHEME('file');
  return url;
}

function checkNoHost(url) {
  if (url.hostname !== '') throw new ERR_INVALID_FILE_URL_HOST(process.platform);
}

function windowsPath(url) {
  const { hostname, pathname } = url;
  if (ESCAPED_SEPARATORS.test(pathname)) {
    throw new ERR_INVALID_FILE_URL_PATH('must not include encoded \\ or / characters', url);
  }
  const decoded = decodeURIComponent(pathname.replaceAll('/', '\\'));
  if (hostname !== '') return `\\\\${require('internal/url/domain').domainToUnicode(hostname)}${decoded}`;
  if (!DRIVE.test(decoded.slice(1))) throw new ERR_INVALID_FILE_URL_PATH('must be absolute', url);
  return decoded.slice(1);
}

/** `url.fileURLToPath`. */
function fileURLToPath(path, options = undefined) {
  const url = fileURL(path);
  if (isWindows(options)) return windowsPath(url);
  checkNoHost(url);
  const { pathname } = url;
  if (ESCAPED_SEPARATOR.test(pathname)) {
    throw new ERR_INVALID_FILE_URL_PATH('must not include encoded / characters', url);
  }
  return pathname.includes('%') ? decodeURIComponent(pathname) : pathname;
}

/** `url.fileURLToPathBuffer`: for names that are no UTF-8. */
function fileURLToPathBuffer(path, options = undefined) {
  const url = fileURL(path);
  const { Buffer } = require('buffer');
  const { decodeBytes } = require('internal/url/percent');
  if (!isWindows(options)) {
    checkNoHost(url);
    return decodeBytes(url.pathname);
  }
  const bytes = decodeBytes(url.pathname.replaceAll('/', '\\'));
  if (url.hostname !== '') {
    const host = require('internal/url/domain').domainToUnicode(url.hostname);
    return Buffer.concat([Buffer.from(`\\\\${host}`), bytes]);
  }
  if (!DRIVE.test(bytes.toString('latin1').slice(1))) throw new ERR_INVALID_FILE_URL_PATH('must be absolute', url);
  return bytes.subarray(1);
}

const LEFT_OVER = /[?#~]/g;

/** Percent-encodes what has a meaning in a URL, and what is no printable ASCII. */
function encodePath(text) {
  return encodeURI(text.toWellFormed())
    .replace(LEFT_OVER, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
}

/** The URL of a path on a share: `\\server\share`. */
function shareURL(resolved, given) {
  const hostEnd = resolved.indexOf('\\', 2);
  if (hostEnd === -1) throw new ERR_INVALID_ARG_VALUE('path', given, 'Missing UNC resource path');
  if (hostEnd === 2) throw new ERR_INVALID_ARG_VALUE('path', given, 'Empty UNC servername');
  const [host] = resolved.slice(2, hostEnd).split(/[/?#]/);
  return new URL(`file://${host}${encodePath(resolved.slice(hostEnd).replaceAll('\\', '/'))}`);
}

/** `url.pathToFileURL`. */
function pathToFileURL(filepath, options) {
  validateString(filepath, 'path');
  const windows = isWindows(options);
  let resolved = filepath;
  if (!windows || !filepath.startsWith('\\\\')) {
    resolved = windows ? path.win32.resolve(filepath) : path.posix.resolve(filepath);
    const last = filepath.at(-1);
    if ((last === '/' || (windows && last === '\\')) && resolved.at(-1) !== path.sep) resolved += '/';
  }
  if (!windows) return new URL(`file://${encodePath(resolved)}`);
  if (resolved.startsWith('\\\\?\\UNC\\')) resolved = `\\\\${resolved.slice(8)}`;
  else if (resolved.startsWith('\\\\?\\')) resolved = resolved.slice(4);
  if (resolved.startsWith('\\\\')) return shareURL(resolved, filepath);
  const slashed = encodePath(resolved.replaceAll('\\', '/'));
  return new URL(`file://${slashed.startsWith('/') ? '' : '/'}${slashed}`);
}

/** The path of a `file:` URL; what is no URL is returned as it is. */
function toPathIfFileURL(fileURLOrPath) {
  return isURL(fileURLOrPath) ? fileURLToPath(fileURLOrPath) : fileURLOrPath;
}

module.exports = { fileURLToPath, fileURLToPathBuffer, pathToFileURL, toPathIfFileURL };
