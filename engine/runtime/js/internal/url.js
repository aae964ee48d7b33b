'use strict';

// The class URL (https://url.spec.whatwg.org/#url-class). The engine parses; here are the text and the places of its
// parts, so that reading a part is taking a piece of the text.

const { codes } = require('internal/errors');
const { URLSearchParams, paramsOfUrl, setQuery } = require('internal/url/search_params');

const { ERR_INVALID_ARG_TYPE, ERR_INVALID_URL, ERR_MISSING_ARGS } = codes;

const INSPECT = Symbol.for('nodejs.util.inspect.custom');

/** For a part that a URL does not have. */
const ABSENT = 0xffffffff;

// The numbers of `url_set`.
const HREF = 0;
const PROTOCOL = 1;
const USERNAME = 2;
const PASSWORD = 3;
const HOST = 4;
const HOSTNAME = 5;
const PORT = 6;
const PATHNAME = 7;
const SEARCH = 8;
const HASH = 9;

/** Where the engine writes the places of the parts. */
const offsets = new Uint32Array(8);

/** Stands for the input when the engine has just parsed it. */
const PARSED = Symbol('parsed');

/** Schemes whose URLs have an origin. */
const WITH_ORIGIN = new Set(['http:', 'https:', 'ws:', 'wss:', 'ftp:']);

/** What Node's parser throws: an error whose stack does not begin with its code. */
function invalidURL(input, base) {
  const error = new TypeError('Invalid URL');
  error.code = 'ERR_INVALID_URL';
  error.input = input;
  if (base !== undefined) error.base = base;
  return error;
}

class URL {
  #href = '';
  #schemeEnd = 0;
  #usernameEnd = 0;
  #hostStart = 0;
  #hostEnd = 0;
  #port = ABSENT;
  #pathStart = 0;
  #queryStart = ABSENT;
  #hashStart = ABSENT;
  #searchParams = undefined;
  /** Whether `searchParams` has changed since the query was written. */
  #searchParamsModified = false;

  static parse(input, base = undefined) {
    if (arguments.length === 0) throw new ERR_MISSING_ARGS('url');
    const text = `${input}`;
    const baseText = base === undefined ? undefined : `${base}`;
    const href = ops.url_parse(text, baseText, offsets);
    return href === undefined ? null : new URL(PARSED, href);
  }

  static canParse(url, base = undefined) {
    if (arguments.length === 0) throw new ERR_MISSING_ARGS('url');
    return ops.url_can_parse(`${url}`, base === undefined ? undefined : `${base}`);
  }

  static createObjectURL(obj) {
    const { Blob } = require('buffer');
    if (!(obj instanceof Blob)) throw new ERR_INVALID_ARG_TYPE('obj', 'Blob', obj);
    return require('internal/object_urls').createObjectURL(obj);
  }

  static revokeObjectURL(url) {
    if (arguments.length === 0) throw new ERR_MISSING_ARGS('url');
    require('internal/object_urls').revokeObjectURL(`${url}`);
  }

  constructor(input, base = undefined) {
    if (input === PARSED) {
      this.#take(base);
      return;
    }
    if (arguments.length === 0) throw new ERR_MISSING_ARGS('url');
    const text = `${input}`;
    const baseText = base === undefined ? undefined : `${base}`;
    const href = ops.url_parse(text, baseText, offsets);
    if (href === undefined) throw invalidURL(text, baseText);
    this.#take(href);
  }

  [INSPECT](depth, options) {
    if (this === null || this === undefined || Object.getPrototypeOf(this) === null) return this;
    if (!(#href in this)) return this;
    if (typeof depth === 'number' && depth < 0) return this;
    const shown = {};
    for (const name of SHOWN) shown[name] = this[name];
    if (options.showHidden) shown[Symbol('context')] = this.#context();
    const { inspect } = require('internal/util/inspect');
    return `${this.constructor?.name ?? 'URL'} ${inspect(shown, options)}`;
  }

  /** What Node shows of the inside: the places of the parts. */
  #context() {
    const { URLContext } = require('internal/url/context');
    // Behind the sign that ends a user's name and password.
    const hasUser = this.#hostStart > this.#usernameEnd || this.#href[this.#hostStart - 1] === '@';
    return new URLContext(this.#href, this.protocol, this.#usernameEnd, this.#hostStart - (hasUser ? 1 : 0), this.#hostEnd,
      this.#pathStart, this.#queryStart, this.#hashStart, this.#port);
  }

  /** Stores what the engine has parsed. */
  #take(href) {
    this.#href = href;
    this.#schemeEnd = offsets[0];
    this.#usernameEnd = offsets[1];
    this.#hostStart = offsets[2];
    this.#hostEnd = offsets[3];
    this.#port = offsets[4];
    this.#pathStart = offsets[5];
    this.#queryStart = offsets[6];
    this.#hashStart = offsets[7];
  }

  /** Writes the query when `searchParams` has changed. Everything that reads the text calls this first. */
  #ensureSearchParamsUpdated() {
    if (!this.#searchParamsModified) return;
    this.#searchParamsModified = false;
    const href = ops.url_set(this.#href, SEARCH, this.#searchParams.toString(), offsets);
    this.#take(href);
  }

  /** Sets a part; whether it was accepted. */
  #set(field, value) {
    const href = ops.url_set(this.#href, field, value, offsets);
    if (href === undefined) return false;
    this.#take(href);
    return true;
  }

  /** The query has been set: `searchParams` follows. */
  #updateSearchParams() {
    if (this.#searchParams !== undefined) setQuery(this.#searchParams, this.#query);
  }

  get #query() {
    if (this.#queryStart === ABSENT) return '';
    return this.#href.slice(this.#queryStart + 1, this.#hashStart === ABSENT ? this.#href.length : this.#hashStart);
  }

  toString() {
    this.#ensureSearchParamsUpdated();
    return this.#href;
  }

  get href() {
    this.#ensureSearchParamsUpdated();
    return this.#href;
  }

  set href(value) {
    const text = `${value}`;
    if (this.#searchParamsModified) this.#ensureSearchParamsUpdated();
    if (!this.#set(HREF, text)) throw new ERR_INVALID_URL(text);
    this.#updateSearchParams();
  }

  get origin() {
    if (this.#searchParamsModified) this.#ensureSearchParamsUpdated();
    const { protocol } = this;
    if (WITH_ORIGIN.has(protocol)) return `${protocol}//${this.host}`;
    if (protocol === 'blob:') {
      const inner = URL.parse(this.pathname);
      if (inner !== null && (inner.protocol === 'http:' || inner.protocol === 'https:')) return inner.origin;
    }
    return 'null';
  }

  get protocol() {
    if (this.#searchParamsModified) this.#ensureSearchParamsUpdated();
    return this.#href.slice(0, this.#schemeEnd + 1);
  }

  set protocol(value) {
    if (this.#searchParamsModified) this.#ensureSearchParamsUpdated();
    this.#set(PROTOCOL, `${value}`);
  }

  get username() {
    if (this.#searchParamsModified) this.#ensureSearchParamsUpdated();
    const start = this.#schemeEnd + 3;
    return start < this.#usernameEnd ? this.#href.slice(start, this.#usernameEnd) : '';
  }

  set username(value) {
    if (this.#searchParamsModified) this.#ensureSearchParamsUpdated();
    this.#set(USERNAME, `${value}`);
  }

  get password() {
    if (this.#searchParamsModified) this.#ensureSearchParamsUpdated();
    return this.#hostStart - this.#usernameEnd > 1 ? this.#href.slice(this.#usernameEnd + 1, this.#hostStart - 1) : '';
  }

  set password(value) {
    if (this.#searchParamsModified) this.#ensureSearchParamsUpdated();
    this.#set(PASSWORD, `${value}`);
  }

  get host() {
    if (this.#searchParamsModified) this.#ensureSearchParamsUpdated();
    const name = this.#href.slice(this.#hostStart, this.#hostEnd);
    return this.#port === ABSENT ? name : `${name}:${this.#port}`;
  }

  set host(value) {
    if (this.#searchParamsModified) this.#ensureSearchParamsUpdated();
    this.#set(HOST, `${value}`);
  }

  get hostname() {
    if (this.#searchParamsModified) this.#ensureSearchParamsUpdated();
    return this.#href.slice(this.#hostStart, this.#hostEnd);
  }

  set hostname(value) {
    if (this.#searchParamsModified) this.#ensureSearchParamsUpdated();
    this.#set(HOSTNAME, `${value}`);
  }

  get port() {
    if (this.#searchParamsModified) this.#ensureSearchParamsUpdated();
    return this.#port === ABSENT ? '' : `${this.#port}`;
  }

  set port(value) {
    if (this.#searchParamsModified) this.#ensureSearchParamsUpdated();
    this.#set(PORT, `${value}`);
  }

  get pathname() {
    if (this.#searchParamsModified) this.#ensureSearchParamsUpdated();
    let end = this.#queryStart;
    if (end === ABSENT) end = this.#hashStart === ABSENT ? this.#href.length : this.#hashStart;
    return this.#href.slice(this.#pathStart, end);
  }

  set pathname(value) {
    if (this.#searchParamsModified) this.#ensureSearchParamsUpdated();
    this.#set(PATHNAME, `${value}`);
  }

  get search() {
    this.#ensureSearchParamsUpdated();
    const query = this.#query;
    return query === '' ? '' : `?${query}`;
  }

  set search(value) {
    if (this.#searchParamsModified) this.#ensureSearchParamsUpdated();
    this.#set(SEARCH, `${value}`);
    this.#updateSearchParams();
  }

  get searchParams() {
    // Made when first asked for.
    if (this.#searchParams === undefined) {
      this.#searchParams = paramsOfUrl(this.#query, () => {
        this.#searchParamsModified = true;
      });
    }
    return this.#searchParams;
  }

  get hash() {
    if (this.#searchParamsModified) this.#ensureSearchParamsUpdated();
    const start = this.#hashStart;
    return start === ABSENT || start + 1 === this.#href.length ? '' : this.#href.slice(start);
  }

  set hash(value) {
    if (this.#searchParamsModified) this.#ensureSearchParamsUpdated();
    this.#set(HASH, `${value}`);
  }

  toJSON() {
    this.#ensureSearchParamsUpdated();
    return this.#href;
  }
}

const SHOWN = ['href', 'origin', 'protocol', 'username', 'password', 'host', 'hostname', 'port', 'pathname', 'search',
  'searchParams', 'hash'];

const visible = { __proto__: null, enumerable: true };

Object.defineProperties(URL.prototype, {
  ...Object.fromEntries([...SHOWN, 'toString', 'toJSON'].map((name) => [name, visible])),
  [Symbol.toStringTag]: { __proto__: null, value: 'URL', configurable: true },
});
for (const name of ['parse', 'canParse', 'createObjectURL', 'revokeObjectURL']) Object.defineProperty(URL, name, visible);

/** Whether a value is a URL, of whatever implementation, and not one of the old kind. */
function isURL(value) {
  return Boolean(value?.href && value.protocol && value.auth === undefined && value.path === undefined);
}

// What follows stands in files of its own, because few programs that use a URL need it.
const lazily = (id, name) => ({
  __proto__: null,
  configurable: true,
  enumerable: true,
  get: () => require(id)[name],
});

module.exports = Object.defineProperties({ URL, URLSearchParams, isURL }, {
  domainToASCII: lazily('internal/url/domain', 'domainToASCII'),
  domainToUnicode: lazily('internal/url/domain', 'domainToUnicode'),
  fileURLToPath: lazily('internal/url/file', 'fileURLToPath'),
  fileURLToPathBuffer: lazily('internal/url/file', 'fileURLToPathBuffer'),
  pathToFileURL: lazily('internal/url/file', 'pathToFileURL'),
  toPathIfFileURL: lazily('internal/url/file', 'toPathIfFileURL'),
  urlToHttpOptions: lazily('internal/url/http', 'urlToHttpOptions'),
});
