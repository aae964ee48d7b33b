'use strict';

// FormData (https://xhr.spec.whatwg.org/#interface-formdata).

const { isBlob } = require('internal/blob');
const { finish, forEachPair, illegal, pairIterator, required, toUSVString } = require('internal/fetch/convert');

const isFile = (value) => value instanceof require('buffer').File;
let entriesOf;

/** https://xhr.spec.whatwg.org/#create-an-entry */
function toValue(value, filename, method, count) {
  if (!isBlob(value)) {
    if (count > 2) {
      throw new TypeError(
        `${method}: Expected value ("${require('internal/util/inspect').inspect(value).replaceAll("'", '"')}") to be an instance of Blob.`);
    }
    return toUSVString(value);
  }
  if (isFile(value) && filename === undefined) return value;
  const { File } = require('buffer');
  const options = isFile(value) ? { type: value.type, lastModified: value.lastModified } : { type: value.type };
  return new File([value], filename === undefined ? 'blob' : toUSVString(filename), options);
}

class FormData {
  #entries = [];

  static {
    entriesOf = (data) => (typeof data === 'object' && data !== null && #entries in data ? data.#entries : undefined);
  }

  constructor(form = undefined) {
    if (form !== undefined) throw new TypeError('FormData constructor: Argument 1 could not be converted to: undefined.');
  }

  append(name, value, filename = undefined) {
    const entries = check(this);
    required(arguments, 2, 'FormData.append');
    entries.push([toUSVString(name), toValue(value, filename, 'FormData.append', arguments.length)]);
  }

  delete(name) {
    check(this);
    required(arguments, 1, 'FormData.delete');
    const key = toUSVString(name);
    this.#entries = this.#entries.filter(([other]) => other !== key);
  }

  get(name) {
    const entries = check(this);
    required(arguments, 1, 'FormData.get');
    const key = toUSVString(name);
    return entries.find(([other]) => other === key)?.[1] ?? null;
  }

  getAll(name) {
    const entries = check(this);
    required(arguments, 1, 'FormData.getAll');
    const key = toUSVString(name);
    return entries.filter(([other]) => other === key).map(([, value]) => value);
  }

  has(name) {
    const entries = check(this);
    required(arguments, 1, 'FormData.has');
    const key = toUSVString(name);
    return entries.some(([other]) => other === key);
  }

  set(name, value, filename = undefined) {
    const entries = check(this);
    required(arguments, 2, 'FormData.set');
    const key = toUSVString(name);
    const entry = [key, toValue(value, filename, 'FormData.set', arguments.length)];
    const index = entries.findIndex(([other]) => other === key);
    if (index === -1) {
      entries.push(entry);
      return;
    }
    this.#entries = [...entries.slice(0, index), entry, ...entries.slice(index + 1).filter(([other]) => other !== key)];
  }

  keys() {
    check(this);
    return new FormDataIterator(this, 'key');
  }

  values() {
    check(this);
    return new FormDataIterator(this, 'value');
  }

  entries() {
    check(this);
    return new FormDataIterator(this, 'entry');
  }

  forEach(callback, receiver = undefined) {
    check(this);
    required(arguments, 1, 'FormData.forEach');
    forEachPair(this, 'FormData', callback, receiver);
  }
}

function check(data) {
  const entries = entriesOf(data);
  if (entries === undefined) throw illegal();
  return entries;
}

const FormDataIterator = pairIterator('FormData', entriesOfShown);

function entriesOfShown(data) {
  return entriesOf(data);
}

function shown(data) {
  const result = {};
  for (const [name, value] of entriesOf(data)) {
    if (!(name in result)) result[name] = value;
    else if (Array.isArray(result[name])) result[name].push(value);
    else result[name] = [result[name], value];
  }
  return result;
}

Object.defineProperty(FormData.prototype, Symbol.iterator, {
  __proto__: null, configurable: true, writable: true, value: FormData.prototype.entries,
});
finish(FormData, ['append', 'delete', 'get', 'getAll', 'has', 'set', 'keys', 'values', 'entries', 'forEach'], shown);

module.exports = { FormData, entriesOf };
