'use strict';

// Keys and values that are there as properties, too (https://html.spec.whatwg.org/multipage/webstorage.html).

const { standIns } = require('internal/util/inspect/stand_ins');

const kMake = Symbol('make');
/** The store behind an object, and behind what stands for it. */
const stores = new WeakMap();

function storeOf(storage) {
  const store = stores.get(storage);
  if (store === undefined) throw new TypeError('Illegal invocation');
  return store;
}

function need(args, count, method) {
  if (args.length >= count) return;
  const error = new TypeError(`Failed to execute '${method}' on 'Storage': ${count} argument${count > 1 ? 's' : ''} required`);
  error.code = 'ERR_MISSING_ARGS';
  throw error;
}

function set(store, key, value) {
  if (store.set(`${key}`, `${value}`)) return;
  const { QuotaExceededError } = require('internal/dom_exception');
  throw new QuotaExceededError('Setting the value exceeded the quota');
}

class Storage {
  constructor(mark, store) {
    if (mark !== kMake) throw Object.assign(new Error('Illegal constructor'), { code: 'ERR_ILLEGAL_CONSTRUCTOR' });
    stores.set(this, store);
  }

  get length() {
    return storeOf(this).size;
  }

  clear() {
    storeOf(this).clear();
  }

  getItem(...args) {
    need(args, 1, 'getItem');
    return storeOf(this).get(`${args[0]}`);
  }

  key(...args) {
    need(args, 1, 'key');
    return storeOf(this).keys()[Math.trunc(Number(args[0])) || 0] ?? null;
  }

  removeItem(...args) {
    need(args, 1, 'removeItem');
    storeOf(this).delete(`${args[0]}`);
  }

  setItem(...args) {
    need(args, 2, 'setItem');
    set(storeOf(this), args[0], args[1]);
  }
}
for (const name of ['length', 'clear', 'getItem', 'key', 'removeItem', 'setItem']) {
  Object.defineProperty(Storage.prototype, name, { enumerable: true });
}

const isName = (key) => typeof key === 'string';
/** Names that are methods stay so. */
const isOwn = (target, key) => !isName(key) || Reflect.has(target, key);

const shownKeys = (target) => stores.get(target).keys().filter((key) => !Reflect.has(target, key));

const traps = {
  get: (target, key, receiver) => (isOwn(target, key) ? Reflect.get(target, key, receiver) : stores.get(target).get(key) ?? undefined),
  set(target, key, value, receiver) {
    if (!isName(key)) return Reflect.set(target, key, value, receiver);
    set(stores.get(target), key, value);
    return true;
  },
  has: (target, key) => Reflect.has(target, key) || (isName(key) && stores.get(target).get(key) !== null),
  deleteProperty(target, key) {
    if (!isName(key)) return Reflect.deleteProperty(target, key);
    stores.get(target).delete(key);
    return true;
  },
  defineProperty(target, key, descriptor) {
    if (!isName(key)) return Reflect.defineProperty(target, key, descriptor);
    set(stores.get(target), key, descriptor.value);
    return true;
  },
  ownKeys: (target) => [...shownKeys(target), ...Reflect.ownKeys(target).filter((key) => !isName(key))],
  getOwnPropertyDescriptor(target, key) {
    if (isOwn(target, key)) return Reflect.getOwnPropertyDescriptor(target, key);
    const value = stores.get(target).get(key);
    return value === null ? undefined : { value, writable: true, enumerable: true, configurable: true };
  },
  preventExtensions: () => false,
};

/** A Storage over a store. */
function makeStorage(store) {
  const target = new Storage(kMake, store);
  const storage = new Proxy(target, traps);
  stores.set(storage, store);
  standIns.set(storage, () => {
    const shown = Object.create(Storage.prototype);
    for (const key of shownKeys(target)) {
      Object.defineProperty(shown, key, { value: store.get(key), writable: true, enumerable: true, configurable: true });
    }
    return shown;
  });
  return storage;
}

let local;
let session;

/** `localStorage`; undefined without a file for it. */
function localStorage() {
  if (local === undefined) {
    const file = require('internal/options').valueOf('--localstorage-file');
    if (!file) {
      warnWithoutFile();
      return undefined;
    }
    const { FileStore } = require('internal/web_storage/stores');
    local = makeStorage(new FileStore(file));
  }
  return local;
}

let isWarned = false;

function warnWithoutFile() {
  if (isWarned) return;
  isWarned = true;
  process.emitWarning('localStorage is not available because --localstorage-file was not provided.', 'ExperimentalWarning');
}

function sessionStorage() {
  if (session === undefined) {
    const { MemoryStore } = require('internal/web_storage/stores');
    session = makeStorage(new MemoryStore());
  }
  return session;
}

module.exports = { Storage, localStorage, sessionStorage };
