'use strict';

// `util.MIMEType` and `util.MIMEParams` (https://nodejs.org/api/util.html#class-utilmimetype), by the letter of
// https://mimesniff.spec.whatwg.org/#parsing-a-mime-type.

const { codes } = require('internal/errors');

const NOT_TOKEN = /[^!#$%&'*+\-.^_`|~0-9A-Za-z]/;
const NOT_QUOTABLE = /[^\t\u0020-\u007e\u0080-\u00ff]/;
const NEEDS_ESCAPE = /["\\]/g;
const SPACE_AT_START = /^[\r\n\t ]+/;
const SPACE_AT_END = /[\r\n\t ]+$/;

function toLower(text) {
  return text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}

/** Throws unless `part` is a token; `whole` is what the message shows. */
function checkToken(part, production, whole) {
  const at = part.search(NOT_TOKEN);
  if (part === '' || at !== -1) throw new codes.ERR_INVALID_MIME_SYNTAX(production, whole, at);
}

function quoted(value) {
  if (value !== '' && !NOT_TOKEN.test(value)) return value;
  return `"${value.replace(NEEDS_ESCAPE, '\\$&')}"`;
}

/** The text in quotes that begins at `at`, and where it ends. */
function readQuoted(text, at) {
  let value = '';
  for (at += 1; at < text.length && text[at] !== '"'; at++) {
    // A backslash stands for what follows it, or for itself at the end.
    if (text[at] === '\\' && at + 1 < text.length) at += 1;
    value += text[at];
  }
  return [value, at + 1];
}

function endOf(text, separators, at) {
  while (at < text.length && !separators.includes(text[at])) at += 1;
  return at;
}

/** Fills `data` with the parameters in `text`, leaving out what is wrong. */
function readParameters(text, data) {
  let at = 0;
  while (at < text.length) {
    at += SPACE_AT_START.exec(text.slice(at))?.[0].length ?? 0;
    const nameEnd = endOf(text, ';=', at);
    const name = toLower(text.slice(at, nameEnd));
    at = nameEnd + 1;
    if (text[nameEnd] !== '=') continue;
    let value;
    if (text[at] === '"') {
      [value, at] = readQuoted(text, at);
      at = endOf(text, ';', at) + 1;
    } else {
      const valueEnd = endOf(text, ';', at);
      value = text.slice(at, valueEnd).replace(SPACE_AT_END, '');
      at = valueEnd + 1;
      if (value === '') continue;
    }
    if (name !== '' && !NOT_TOKEN.test(name) && !NOT_QUOTABLE.test(value) && !data.has(name)) data.set(name, value);
  }
}

let fillParams;

/** The parameters of a MIME type, in order. */
class MIMEParams {
  #data = new Map();

  static {
    fillParams = (params, text) => readParameters(text, params.#data);
  }

  delete(name) {
    this.#data.delete(toLower(`${name}`));
  }

  get(name) {
    return this.#data.get(toLower(`${name}`)) ?? null;
  }

  has(name) {
    return this.#data.has(toLower(`${name}`));
  }

  set(name, value) {
    name = `${name}`;
    value = `${value}`;
    checkToken(name, 'parameter name', name);
    const at = value.search(NOT_QUOTABLE);
    if (at !== -1) throw new codes.ERR_INVALID_MIME_SYNTAX('parameter value', value, at);
    this.#data.set(toLower(name), value);
  }

  *entries() {
    yield* this.#data.entries();
  }

  *keys() {
    yield* this.#data.keys();
  }

  *values() {
    yield* this.#data.values();
  }

  toString() {
    return Array.from(this.#data, ([name, value]) => `${name}=${quoted(value)}`).join(';');
  }
}

function define(target, key, value) {
  Object.defineProperty(target, key, { __proto__: null, value, writable: true, enumerable: false, configurable: true });
}

define(MIMEParams.prototype, 'toJSON', MIMEParams.prototype.toString);
define(MIMEParams.prototype, Symbol.iterator, MIMEParams.prototype.entries);

/** A MIME type: `type/subtype;name=value`. */
class MIMEType {
  #type;
  #subtype;
  #parameters = new MIMEParams();

  constructor(input) {
    const whole = `${input}`;
    const text = whole.replace(SPACE_AT_START, '').replace(SPACE_AT_END, '');
    const slash = text.indexOf('/');
    const type = slash === -1 ? text : text.slice(0, slash);
    if (slash === -1) throw new codes.ERR_INVALID_MIME_SYNTAX('type', whole, type.search(NOT_TOKEN));
    checkToken(type, 'type', whole);
    const subtypeEnd = endOf(text, ';', slash + 1);
    const subtype = text.slice(slash + 1, subtypeEnd).replace(SPACE_AT_END, '');
    checkToken(subtype, 'subtype', whole);
    this.#type = toLower(type);
    this.#subtype = toLower(subtype);
    fillParams(this.#parameters, text.slice(subtypeEnd + 1));
  }

  static parse(input) {
    try {
      return new this(input);
    } catch {
      return null;
    }
  }

  get type() {
    return this.#type;
  }

  set type(value) {
    const type = `${value}`;
    checkToken(type, 'type', type);
    this.#type = toLower(type);
  }

  get subtype() {
    return this.#subtype;
  }

  set subtype(value) {
    const subtype = `${value}`;
    checkToken(subtype, 'subtype', subtype);
    this.#subtype = toLower(subtype);
  }

  get essence() {
    return `${this.#type}/${this.#subtype}`;
  }

  get params() {
    return this.#parameters;
  }

  toString() {
    const text = `${this.#type}/${this.#subtype}`;
    const parameters = this.#parameters.toString();
    return parameters === '' ? text : `${text};${parameters}`;
  }
}

define(MIMEType.prototype, 'toJSON', MIMEType.prototype.toString);

module.exports = { MIMEParams, MIMEType };
