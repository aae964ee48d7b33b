'use strict';

// Headers (https://fetch.spec.whatwg.org/#headers-class).

const { finish, forEachPair, illegal, pairIterator, required, toByteString } = require('internal/fetch/convert');

const TOKEN = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
const INVALID_VALUE = /[\0\r\n]/;

let listOf;
let makeHeaders;

/** Whether `name` can be a header's or a method's. */
const isToken = (name) => TOKEN.test(name);

/** https://fetch.spec.whatwg.org/#concept-header-value-normalize */
const normalizeValue = (value) => value.replace(/^[\t\n\r ]+|[\t\n\r ]+$/g, '');

/** https://fetch.spec.whatwg.org/#concept-header-list */
class HeaderList {
  /** Name in lower case → { name, value }. */
  #map = new Map();
  cookies = [];
  #sorted = null;

  append(name, value) {
    this.#sorted = null;
    const key = name.toLowerCase();
    if (key === 'set-cookie') this.cookies.push(value);
    const found = this.#map.get(key);
    if (found === undefined) this.#map.set(key, { name, value });
    else found.value = `${found.value}${key === 'cookie' ? '; ' : ', '}${value}`;
  }

  set(name, value) {
    this.#sorted = null;
    const key = name.toLowerCase();
    if (key === 'set-cookie') this.cookies = [value];
    this.#map.set(key, { name: this.#map.get(key)?.name ?? name, value });
  }

  delete(name) {
    this.#sorted = null;
    const key = name.toLowerCase();
    if (key === 'set-cookie') this.cookies = [];
    this.#map.delete(key);
  }

  get(name) {
    return this.#map.get(name.toLowerCase())?.value ?? null;
  }

  has(name) {
    return this.#map.has(name.toLowerCase());
  }

  /** [name, value] as they were given, with each cookie for itself. */
  *entries() {
    for (const [key, { name, value }] of this.#map) {
      if (key === 'set-cookie') for (const cookie of this.cookies) yield [name, cookie];
      else yield [name, value];
    }
  }

  /** https://fetch.spec.whatwg.org/#concept-header-list-sort-and-combine */
  sorted() {
    if (this.#sorted !== null) return this.#sorted;
    const result = [];
    for (const key of [...this.#map.keys()].sort()) {
      if (key === 'set-cookie') for (const cookie of this.cookies) result.push([key, cookie]);
      else result.push([key, this.#map.get(key).value]);
    }
    this.#sorted = result;
    return result;
  }

  copy() {
    const list = new HeaderList();
    for (const [name, value] of this.entries()) list.append(name, value);
    return list;
  }

  shown() {
    const shown = {};
    for (const { name, value } of this.#map.values()) shown[name] = value;
    return shown;
  }
}

function check(headers) {
  const state = listOf(headers);
  if (state === undefined) throw illegal();
  return state;
}

function checkName(name, method) {
  if (!isToken(name)) throw new TypeError(`${method}: "${name}" is an invalid header name.`);
  return name;
}

function checkValue(value, method) {
  if (INVALID_VALUE.test(value)) throw new TypeError(`${method}: "${value}" is an invalid header value.`);
  return value;
}

function checkGuard(guard) {
  if (guard === 'immutable') throw new TypeError('immutable');
}

/** https://fetch.spec.whatwg.org/#concept-headers-fill */
function fill(headers, init) {
  if (typeof init === 'object' && init !== null || typeof init === 'function') {
    const iterator = init[Symbol.iterator];
    if (typeof iterator === 'function') {
      for (const pair of init) {
        const list = [...pair];
        if (list.length !== 2) {
          throw new TypeError(`Headers constructor: expected name/value pair to be length 2, found ${list.length}.`);
        }
        headers.append(list[0], list[1]);
      }
      return;
    }
    for (const key of Reflect.ownKeys(init)) {
      if (!Object.getOwnPropertyDescriptor(init, key)?.enumerable) continue;
      headers.append(key, init[key]);
    }
    return;
  }
  throw new TypeError('Headers constructor: Argument 1 could not be converted to one of: ' +
    'sequence<sequence<ByteString>>, record<ByteString, ByteString>.');
}

class Headers {
  #list = new HeaderList();
  #guard = 'none';

  static {
    listOf = (headers) => (typeof headers === 'object' && headers !== null && #list in headers ? headers.#list : undefined);
    makeHeaders = (list, guard) => {
      const headers = new Headers();
      headers.#list = list;
      headers.#guard = guard;
      return headers;
    };
  }

  constructor(init = undefined) {
    if (init !== undefined) fill(this, init);
  }

  append(name, value) {
    const list = check(this);
    required(arguments, 2, 'Headers.append');
    const key = checkName(toByteString(name), 'Headers.append');
    const text = checkValue(normalizeValue(toByteString(value)), 'Headers.append');
    checkGuard(this.#guard);
    list.append(key, text);
  }

  delete(name) {
    const list = check(this);
    required(arguments, 1, 'Headers.delete');
    const key = checkName(toByteString(name), 'Headers.delete');
    checkGuard(this.#guard);
    list.delete(key);
  }

  get(name) {
    const list = check(this);
    required(arguments, 1, 'Headers.get');
    return list.get(checkName(toByteString(name), 'Headers.get'));
  }

  has(name) {
    const list = check(this);
    required(arguments, 1, 'Headers.has');
    return list.has(checkName(toByteString(name), 'Headers.has'));
  }

  set(name, value) {
    const list = check(this);
    required(arguments, 2, 'Headers.set');
    const text = normalizeValue(toByteString(value));
    const key = checkName(toByteString(name), 'Headers.set');
    checkValue(text, 'Headers.set');
    checkGuard(this.#guard);
    list.set(key, text);
  }

  getSetCookie() {
    return [...check(this).cookies];
  }

  keys() {
    check(this);
    return new HeadersIterator(this, 'key');
  }

  values() {
    check(this);
    return new HeadersIterator(this, 'value');
  }

  entries() {
    check(this);
    return new HeadersIterator(this, 'entry');
  }

  forEach(callback, receiver = undefined) {
    check(this);
    required(arguments, 1, 'Headers.forEach');
    forEachPair(this, 'Headers', callback, receiver);
  }
}

const HeadersIterator = pairIterator('Headers', (headers) => listOf(headers).sorted());

Object.defineProperty(Headers.prototype, Symbol.iterator, {
  __proto__: null, configurable: true, writable: true, value: Headers.prototype.entries,
});
finish(Headers, ['append', 'delete', 'get', 'has', 'set', 'getSetCookie', 'keys', 'values', 'entries', 'forEach'],
  (headers) => listOf(headers).shown());

module.exports = { HeaderList, Headers, fill, isToken, listOf, makeHeaders };
