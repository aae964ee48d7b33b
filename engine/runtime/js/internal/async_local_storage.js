'use strict';

// AsyncLocalStorage (https://nodejs.org/api/async_context.html#class-asynclocalstorage).

const { AsyncContextFrame } = require('internal/async_frame');
const { AsyncResource } = require('internal/async_resource');
const { validateObject } = require('internal/validators');

const { current, set, with: withValue } = AsyncContextFrame;

/** Gives a storage a value until it is disposed of. */
class RunScope {
  #storage;
  #previous;
  #isOver = false;

  constructor(storage, value) {
    this.#storage = storage;
    this.#previous = storage.getStore();
    storage.enterWith(value);
  }

  dispose() {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#storage.enterWith(this.#previous);
  }

  [Symbol.dispose]() {
    this.dispose();
  }
}

class AsyncLocalStorage {
  #defaultValue = undefined;
  #name = undefined;

  constructor(options = {}) {
    validateObject(options, 'options');
    this.#defaultValue = options.defaultValue;
    if (options.name !== undefined) this.#name = `${options.name}`;
  }

  get name() {
    return this.#name || '';
  }

  static bind(fn) {
    return AsyncResource.bind(fn);
  }

  static snapshot() {
    return AsyncResource.bind((fn, ...args) => fn(...args));
  }

  disable() {
    current()?.delete(this);
  }

  enterWith(store) {
    set(withValue(current(), this, store));
  }

  run(store, fn, ...args) {
    const previous = this.getStore();
    if (Object.is(previous, store)) return Reflect.apply(fn, null, args);
    this.enterWith(store);
    try {
      return Reflect.apply(fn, null, args);
    } finally {
      this.enterWith(previous);
    }
  }

  exit(fn, ...args) {
    return this.run(undefined, fn, ...args);
  }

  getStore() {
    const frame = current();
    return frame?.has(this) ? frame.get(this) : this.#defaultValue;
  }

  withScope(store) {
    return new RunScope(this, store);
  }
}

module.exports = { AsyncLocalStorage };
