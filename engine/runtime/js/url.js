'use strict';

// https://nodejs.org/api/url.html: the classes of the URL standard, and the older functions of Node's own.

const { codes } = require('internal/errors');
const { validateString } = require('internal/validators');
const standard = require('internal/url');

const { URL, URLSearchParams } = standard;

/** A URL taken apart by the old parser. */
function Url() {
  this.protocol = null;
  this.slashes = null;
  this.auth = null;
  this.host = null;
  this.port = null;
  this.hostname = null;
  this.hash = null;
  this.search = null;
  this.query = null;
  this.pathname = null;
  this.path = null;
  this.href = null;
}

Url.prototype.parse = function(url, parseQueryString, slashesDenoteHost) {
  validateString(url, 'url');
  return require('internal/url/legacy/parse').parse(this, url, parseQueryString, slashesDenoteHost);
};

Url.prototype.format = function format() {
  return require('internal/url/legacy/format').formatLegacy(this);
};

Url.prototype.resolve = function resolve(relative) {
  return this.resolveObject(parseUrl(relative, false, true)).format();
};

Url.prototype.resolveObject = function resolveObject(relative) {
  let other = relative;
  if (typeof other === 'string') {
    other = new Url();
    other.parse(relative, false, true);
  }
  const result = Object.assign(new Url(), this);
  return require('internal/url/legacy/resolve').resolveInto(result, other);
};

Url.prototype.parseHost = function parseHost() {
  require('internal/url/legacy/parse').parseHost(this);
};

function parseUrl(url, parseQueryString, slashesDenoteHost) {
  return url instanceof Url ? url : new Url().parse(url, parseQueryString, slashesDenoteHost);
}

let hasWarned = false;

/** Programs should not use the old parser; what they have installed may. */
function warn() {
  if (hasWarned || require('internal/caller').isInsidePackage()) return;
  hasWarned = true;
  process.emitWarning('`url.parse()` behavior is not standardized and prone to errors that have security ' +
    'implications. Use the WHATWG URL API instead. CVEs are not issued for `url.parse()` vulnerabilities.',
  'DeprecationWarning', 'DEP0169');
}

function urlParse(url, parseQueryString, slashesDenoteHost) {
  warn();
  return parseUrl(url, parseQueryString, slashesDenoteHost);
}

function urlResolve(source, relative) {
  return urlParse(source, false, true).resolve(relative);
}

function urlResolveObject(source, relative) {
  return source ? urlParse(source, false, true).resolveObject(relative) : relative;
}

function urlFormat(urlObject, options) {
  if (typeof urlObject === 'string') return urlParse(urlObject).format();
  if (typeof urlObject !== 'object' || urlObject === null) {
    throw new codes.ERR_INVALID_ARG_TYPE('urlObject', ['Object', 'string'], urlObject);
  }
  if (!(urlObject instanceof URL)) return Url.prototype.format.call(urlObject);
  if (options) require('internal/validators').validateObject(options, 'options');
  return require('internal/url/legacy/format').formatStandard(urlObject, options);
}

module.exports = {
  Url,
  parse: urlParse,
  resolve: urlResolve,
  resolveObject: urlResolveObject,
  format: urlFormat,
  URL,
  // Few programs match patterns, so that the class is loaded when it is first read.
  get URLPattern() {
    const { URLPattern } = require('internal/url_pattern');
    const property = { value: URLPattern, configurable: true, enumerable: true, writable: true };
    Object.defineProperty(module.exports, 'URLPattern', property);
    return URLPattern;
  },
  URLSearchParams,
  domainToASCII: standard.domainToASCII,
  domainToUnicode: standard.domainToUnicode,
  pathToFileURL: standard.pathToFileURL,
  fileURLToPath: standard.fileURLToPath,
  fileURLToPathBuffer: standard.fileURLToPathBuffer,
  urlToHttpOptions: standard.urlToHttpOptions,
};
