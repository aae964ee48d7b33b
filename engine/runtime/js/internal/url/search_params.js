'use strict';

// The class URLSearchParams (https://url.spec.whatwg.org/#interface-urlsearchparams).

const { codes } = require('internal/errors');
const { validateFunction } = require('internal/validators');
const { parseForm, serializeForm } = require('internal/url/form');

const { ERR_ARG_NOT_ITERABLE, ERR_INVALID_THIS, ERR_INVALID_TUPLE, ERR_MISSING_ARGS } = codes;

const INSPECT = Symbol.for('nodejs.util.inspect.custom');
const COLORS = /\u001b\[\d\d?m/g;

const toText = (value) => `${value}`.toWellFormed();

const KIND_KEYS = 0;
const KIND_VALUES = 1;
const KIND_ENTRIES = 2;

/** The list of one `URLSearchParams`. */
let listOf;
/** The parameters that belong to a URL: `changed` is called after every change. */
let paramsOfUrl;
/** Puts another query into parameters, without calling `changed`. */
let setQuery;
/** Throws when a method is called on something else. */
let checkThis;

/** One pair of a sequence. */
function pairFrom(pair) {
  const isObject = (typeof pair === 'object' && pair !== null) || typeof pair === 'function';
  if (!isObject || typeof pair[Symbol.iterator] !== 'function') {
    throw new ERR_INVALID_TUPLE('Each query pair', '[name, value]');
  }
  const both = [];
  for (const text of pair) both.push(toText(text));
  if (both.length !== 2) throw new ERR_INVALID_TUPLE('Each query pair', '[name, value]');
  return both;
}

/** The list that an object with names and values means. */
function listFromRecord(record) {
  const list = [];
  const seen = new Map();
  for (const key of Reflect.ownKeys(record)) {
    if (!Reflect.getOwnPropertyDescriptor(record, key)?.enumerable) continue;
    const name = toText(key);
    const value = toText(record[key]);
    const index = seen.get(name);
    if (index !== undefined) {
      list[index] = value;
    } else {
      seen.set(name, list.length + 1);
      list.push(name, value);
    }
  }
  return list;
}

class URLSearchParams {
  #list = [];
  #changed = undefined;

  static {
    checkThis = (value) => {
      if (typeof value !== 'object' || value === null || !(#list in value)) throw new ERR_INVALID_THIS('URLSearchParams');
    };
    listOf = (params) => params.#list;
    paramsOfUrl = (query, changed) => {
      const params = new URLSearchParams();
      params.#list = parseForm(query);
      params.#changed = changed;
      return params;
    };
    setQuery = (params, query) => {
      params.#list = parseForm(query);
    };
  }

  constructor(init = undefined) {
    if (init === undefined) return;
    if (init === null || (typeof init !== 'object' && typeof init !== 'function')) {
      const text = toText(init);
      this.#list = parseForm(text.charCodeAt(0) === 63 ? text.slice(1) : text);
      return;
    }
    const method = init[Symbol.iterator];
    if (method === undefined || method === null) {
      this.#list = listFromRecord(init);
    } else if (#list in init && method === URLSearchParams.prototype[Symbol.iterator]) {
      this.#list = init.#list.slice();
    } else {
      if (typeof method !== 'function') throw new ERR_ARG_NOT_ITERABLE('Query pairs');
      for (const pair of init) this.#list.push(...pairFrom(pair));
    }
  }

  [INSPECT](recurseTimes, context) {
    checkThis(this);
    if (typeof recurseTimes === 'number' && recurseTimes < 0) return context.stylize('[Object]', 'special');
    const show = inspector(recurseTimes, context);
    const list = this.#list;
    const output = [];
    for (let i = 0; i < list.length; i += 2) output.push(`${show(list[i])} => ${show(list[i + 1])}`);
    const { name } = this.constructor;
    if (output.length === 0) return `${name} {}`;
    const width = output.reduce((sum, text) => sum + text.replace(COLORS, '').length + 2, -2);
    return width > context.breakLength ? `${name} {\n  ${output.join(',\n  ')} }` : `${name} { ${output.join(', ')} }`;
  }

  get size() {
    checkThis(this);
    return this.#list.length / 2;
  }

  append(name, value) {
    checkThis(this);
    if (arguments.length < 2) throw new ERR_MISSING_ARGS('name', 'value');
    this.#list.push(toText(name), toText(value));
    this.#changed?.();
  }

  delete(name, value = undefined) {
    checkThis(this);
    if (arguments.length < 1) throw new ERR_MISSING_ARGS('name');
    const wanted = toText(name);
    const wantedValue = value === undefined ? undefined : toText(value);
    const list = this.#list;
    let kept = 0;
    for (let i = 0; i < list.length; i += 2) {
      if (list[i] === wanted && (wantedValue === undefined || list[i + 1] === wantedValue)) continue;
      list[kept] = list[i];
      list[kept + 1] = list[i + 1];
      kept += 2;
    }
    list.length = kept;
    this.#changed?.();
  }

  get(name) {
    checkThis(this);
    if (arguments.length < 1) throw new ERR_MISSING_ARGS('name');
    const wanted = toText(name);
    const list = this.#list;
    for (let i = 0; i < list.length; i += 2) if (list[i] === wanted) return list[i + 1];
    return null;
  }

  getAll(name) {
    checkThis(this);
    if (arguments.length < 1) throw new ERR_MISSING_ARGS('name');
    const wanted = toText(name);
    const list = this.#list;
    const values = [];
    for (let i = 0; i < list.length; i += 2) if (list[i] === wanted) values.push(list[i + 1]);
    return values;
  }

  has(name, value = undefined) {
    checkThis(this);
    if (arguments.length < 1) throw new ERR_MISSING_ARGS('name');
    const wanted = toText(name);
    const wantedValue = value === undefined ? undefined : toText(value);
    const list = this.#list;
    for (let i = 0; i < list.length; i += 2) {
      if (list[i] === wanted && (wantedValue === undefined || list[i + 1] === wantedValue)) return true;
    }
    return false;
  }

  set(name, value) {
    checkThis(this);
    if (arguments.length < 2) throw new ERR_MISSING_ARGS('name', 'value');
    const wanted = toText(name);
    const text = toText(value);
    const list = this.#list;
    let kept = 0;
    let found = false;
    for (let i = 0; i < list.length; i += 2) {
      const isWanted = list[i] === wanted;
      if (isWanted && found) continue;
      list[kept] = list[i];
      list[kept + 1] = isWanted ? text : list[i + 1];
      kept += 2;
      found ||= isWanted;
    }
    list.length = kept;
    if (!found) list.push(wanted, text);
    this.#changed?.();
  }

  sort() {
    checkThis(this);
    const list = this.#list;
    const pairs = [];
    for (let i = 0; i < list.length; i += 2) pairs.push([list[i], list[i + 1]]);
    pairs.sort(([first], [second]) => (first < second ? -1 : Number(first > second)));
    this.#list = pairs.flat();
    this.#changed?.();
  }

  entries() {
    checkThis(this);
    return new URLSearchParamsIterator(this, KIND_ENTRIES);
  }

  forEach(callback, thisArg = undefined) {
    checkThis(this);
    validateFunction(callback, 'callback');
    // The list can grow and shrink meanwhile.
    for (let i = 0; i < this.#list.length; i += 2) callback.call(thisArg, this.#list[i + 1], this.#list[i], this);
  }

  keys() {
    checkThis(this);
    return new URLSearchParamsIterator(this, KIND_KEYS);
  }

  values() {
    checkThis(this);
    return new URLSearchParamsIterator(this, KIND_VALUES);
  }

  toString() {
    checkThis(this);
    return serializeForm(this.#list);
  }
}


/** A function that shows a value inside of what `context` shows. */
function inspector(depth, context) {
  const { inspect } = require('internal/util/inspect');
  const options = { ...context, depth: depth === null ? null : depth - 1 };
  return (value) => inspect(value, options);
}

class URLSearchParamsIterator {
  #params;
  #kind;
  #index = 0;

  constructor(params, kind) {
    this.#params = params;
    this.#kind = kind;
  }

  next() {
    if (typeof this !== 'object' || this === null || !(#params in this)) {
      throw new ERR_INVALID_THIS('URLSearchParamsIterator');
    }
    const list = listOf(this.#params);
    const index = this.#index;
    if (index >= list.length) return { done: true, value: undefined };
    this.#index += 2;
    return { done: false, value: this.#item(list, index) };
  }

  #item(list, index) {
    if (this.#kind === KIND_KEYS) return list[index];
    return this.#kind === KIND_VALUES ? list[index + 1] : [list[index], list[index + 1]];
  }

  [INSPECT](recurseTimes, context) {
    if (typeof this !== 'object' || this === null || !(#params in this)) {
      throw new ERR_INVALID_THIS('URLSearchParamsIterator');
    }
    if (typeof recurseTimes === 'number' && recurseTimes < 0) return context.stylize('[Object]', 'special');
    const show = inspector(recurseTimes, context);
    const list = listOf(this.#params);
    const output = [];
    for (let i = this.#index; i < list.length; i += 2) output.push(show(this.#item(list, i)));
    const isLong = output.some((text) => text.includes('\n')) ||
      output.reduce((sum, text) => sum + text.replace(COLORS, '').length + 2, -2) > context.breakLength;
    const [start, between, end] = isLong ? ['\n  ', ',\n  ', ' '] : [' ', ', ', ' '];
    return `URLSearchParams Iterator {${start}${output.join(between)}${end}}`;
  }
}

const hidden = (value) => ({ __proto__: null, value, configurable: true, enumerable: false, writable: true });
const visible = { __proto__: null, enumerable: true };
const visibleNames = ['size', 'append', 'delete', 'get', 'getAll', 'has', 'set', 'sort', 'entries', 'forEach', 'keys',
  'values', 'toString'];

Object.defineProperties(URLSearchParams.prototype, {
  ...Object.fromEntries(visibleNames.map((name) => [name, visible])),
  [Symbol.toStringTag]: { __proto__: null, value: 'URLSearchParams', configurable: true },
  [Symbol.iterator]: hidden(URLSearchParams.prototype.entries),
});

delete URLSearchParamsIterator.prototype.constructor;
Object.setPrototypeOf(URLSearchParamsIterator.prototype, Object.getPrototypeOf(Object.getPrototypeOf([].values())));
Object.defineProperties(URLSearchParamsIterator.prototype, {
  next: visible,
  [Symbol.toStringTag]: { __proto__: null, value: 'URLSearchParams Iterator', configurable: true },
});

module.exports = { URLSearchParams, paramsOfUrl, setQuery };
