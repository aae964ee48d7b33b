'use strict';

// From what a URL pattern is made of to its components: objects with a pattern per component, with a base URL
// (https://urlpattern.spec.whatwg.org/#urlpatterninit-processing), and texts that look like a URL
// (https://urlpattern.spec.whatwg.org/#constructor-string-parsing).

const canonical = require('internal/url_pattern/canonical');
const { compileComponent, escapePattern } = require('internal/url_pattern/component');
const { tokenize } = require('internal/url_pattern/tokens');

const COMPONENTS = ['protocol', 'username', 'password', 'hostname', 'port', 'pathname', 'search', 'hash'];

/** Whether a compiled protocol matches a scheme that the URL standard treats specially. */
function matchesSpecial({ regexp }) {
  return Object.keys(canonical.DEFAULT_PORTS).some((scheme) => regexp.test(scheme));
}

function isAbsolute(pathname, isPattern) {
  if (pathname.startsWith('/')) return true;
  return isPattern && (pathname.startsWith('\\/') || pathname.startsWith('{/'));
}

/** What `init` leaves out and its base URL has, as far as nothing before it in a URL is given. */
function inherit(init, base, isPattern) {
  const text = (value) => (isPattern ? escapePattern(value) : value);
  const missing = (...names) => names.every((name) => init[name] === undefined);
  const result = {};
  if (missing('protocol')) result.protocol = text(base.protocol.slice(0, -1));
  if (!isPattern && missing('protocol', 'hostname', 'port', 'username')) result.username = text(base.username);
  if (!isPattern && missing('protocol', 'hostname', 'port', 'username', 'password')) result.password = text(base.password);
  if (missing('protocol', 'hostname')) result.hostname = text(base.hostname);
  if (missing('protocol', 'hostname', 'port')) result.port = text(base.port);
  if (missing('protocol', 'hostname', 'port', 'pathname')) result.pathname = text(base.pathname);
  if (missing('protocol', 'hostname', 'port', 'pathname', 'search')) result.search = text(base.search.slice(1));
  if (missing('protocol', 'hostname', 'port', 'pathname', 'search', 'hash')) result.hash = text(base.hash.slice(1));
  return result;
}

function joinPath(pathname, base, isPattern) {
  if (base === undefined || !base.pathname.startsWith('/') || isAbsolute(pathname, isPattern)) return pathname;
  const basePath = isPattern ? escapePattern(base.pathname) : base.pathname;
  return basePath.slice(0, basePath.lastIndexOf('/') + 1) + pathname;
}

/**
 * The components that `init` gives.
 *
 * @param {object} init
 * @param {boolean} isPattern Whether they are patterns; else they are parts of a URL.
 * @param {object} defaults
 */
function processInit(init, isPattern, defaults) {
  let base;
  const result = { ...defaults };
  if (init.baseURL !== undefined) {
    const { URL } = require('internal/url');
    base = new URL(init.baseURL);
    Object.assign(result, inherit(init, base, isPattern));
  }
  const take = (name, clean, write) => {
    if (init[name] === undefined) return;
    const value = clean(init[name]);
    result[name] = isPattern ? value : write(value);
  };
  const same = (value) => value;
  take('protocol', (value) => value.replace(/:$/, ''), canonical.protocol);
  take('username', same, canonical.username);
  take('password', same, canonical.password);
  const isOpaque = result.protocol !== undefined && result.protocol !== '' && !canonical.isSpecial(result.protocol);
  take('hostname', same, isOpaque ? canonical.opaqueHostname : canonical.hostname);
  take('port', same, (value) => canonical.port(value, result.protocol));
  take('pathname', (value) => joinPath(value, base, isPattern),
    isOpaque ? canonical.opaquePathname : canonical.pathname);
  take('search', (value) => value.replace(/^\?/, ''), canonical.search);
  take('hash', (value) => value.replace(/^#/, ''), canonical.hash);
  return result;
}

const ORDER = ['protocol', 'authority', 'username', 'password', 'hostname', 'port', 'pathname', 'search', 'hash'];
const isBefore = (state, other) => ORDER.indexOf(state) < ORDER.indexOf(other);

/** Splits a text that looks like a URL into the patterns of its components. */
class StringParser {
  #characters;
  #tokens;
  #result = {};
  #start = 0;
  #index = 0;
  #step = 1;
  #state = 'init';
  #depth = 0;
  #brackets = 0;
  #isSpecial = false;

  constructor(input) {
    this.#characters = [...input];
    this.#tokens = tokenize(input, true);
  }

  #isCharacter(index, value) {
    const token = this.#tokens[index] ?? this.#tokens.at(-1);
    return token.value === value && ['char', 'escaped-char', 'invalid-char'].includes(token.type);
  }

  #is(value) {
    return this.#isCharacter(this.#index, value);
  }

  /** Whether a question mark begins the query rather than makes what stands before it optional. */
  #isSearchPrefix() {
    if (this.#is('?')) return true;
    if (this.#tokens[this.#index].value !== '?') return false;
    const previous = this.#tokens[this.#index - 1];
    return previous === undefined || !['name', 'regexp', 'close', 'asterisk'].includes(previous.type);
  }

  #text() {
    return this.#characters.slice(this.#tokens[this.#start].index, this.#tokens[this.#index].index).join('');
  }

  #rewind(state) {
    this.#index = this.#start;
    this.#step = 0;
    this.#state = state;
  }

  #change(state, skip) {
    const old = this.#state;
    const result = this.#result;
    if (old !== 'init' && old !== 'authority') result[old] = this.#text();
    if (old !== 'init' && state !== 'done') {
      if (isBefore(old, 'hostname') && isBefore('hostname', state)) result.hostname ??= '';
      if (isBefore(old, 'pathname') && isBefore('pathname', state)) result.pathname ??= this.#isSpecial ? '/' : '';
      if (isBefore(old, 'search') && state === 'hash') result.search ??= '';
    }
    this.#state = state;
    this.#index += skip;
    this.#start = this.#index;
    this.#step = 0;
  }

  /** At the end of the text; whether that is the end of it all. */
  #end() {
    if (this.#state === 'init') {
      this.#rewind('init');
      if (this.#is('#')) this.#change('hash', 1);
      else if (this.#isSearchPrefix()) this.#change('search', 1);
      else this.#change('pathname', 0);
      return false;
    }
    if (this.#state === 'authority') {
      this.#rewind('hostname');
      return false;
    }
    this.#change('done', 0);
    return true;
  }

  #endProtocol() {
    this.#isSpecial = matchesSpecial(compileComponent(this.#text(), canonical.protocol, { delimiter: '', prefix: '' }));
    const hasSlashes = this.#isCharacter(this.#index + 1, '/') && this.#isCharacter(this.#index + 2, '/');
    if (hasSlashes) this.#change('authority', 3);
    else this.#change(this.#isSpecial ? 'authority' : 'pathname', 1);
  }

  /** Path, query and fragment can follow here; whether one begins. */
  #takeTail(...states) {
    if (states.includes('pathname') && this.#is('/')) this.#change('pathname', 0);
    else if (states.includes('search') && this.#isSearchPrefix()) this.#change('search', 1);
    else if (this.#is('#')) this.#change('hash', 1);
  }

  #advance() {
    switch (this.#state) {
      case 'init':
        if (this.#is(':')) this.#rewind('protocol');
        break;
      case 'protocol':
        if (this.#is(':')) this.#endProtocol();
        break;
      case 'authority':
        if (this.#is('@')) this.#rewind('username');
        else if (this.#is('/') || this.#isSearchPrefix() || this.#is('#')) this.#rewind('hostname');
        break;
      case 'username':
        if (this.#is(':')) this.#change('password', 1);
        else if (this.#is('@')) this.#change('hostname', 1);
        break;
      case 'password':
        if (this.#is('@')) this.#change('hostname', 1);
        break;
      case 'hostname':
        if (this.#is('[')) this.#brackets++;
        else if (this.#is(']')) this.#brackets--;
        else if (this.#is(':') && this.#brackets === 0) this.#change('port', 1);
        else this.#takeTail('pathname', 'search');
        break;
      case 'port': this.#takeTail('pathname', 'search'); break;
      case 'pathname': this.#takeTail('search'); break;
      case 'search': this.#takeTail(); break;
    }
  }

  parse() {
    for (; this.#index < this.#tokens.length; this.#index += this.#step) {
      this.#step = 1;
      const { type } = this.#tokens[this.#index];
      if (type === 'end') {
        if (this.#end()) break;
      } else if (type === 'open') {
        this.#depth++;
      } else if (this.#depth > 0) {
        if (type === 'close') this.#depth--;
      } else {
        this.#advance();
      }
    }
    if (this.#result.hostname !== undefined) this.#result.port ??= '';
    return this.#result;
  }
}

/** The init that a text means. */
function parseConstructorString(input) {
  return new StringParser(input).parse();
}

module.exports = { COMPONENTS, matchesSpecial, parseConstructorString, processInit };
