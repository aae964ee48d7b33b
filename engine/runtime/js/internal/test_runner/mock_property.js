'use strict';

// Properties that keep count of their accesses (https://nodejs.org/api/test.html#class-mockpropertycontext).

const { codes } = require('internal/errors');
const { validateInteger } = require('internal/validators');

class MockPropertyContext {
  #object;
  #name;
  #descriptor;
  #isOwn;
  #value;
  #accesses = [];
  #once = new Map();

  constructor(object, name, hasValue, value) {
    let owner = object;
    let descriptor;
    while (owner !== null && descriptor === undefined) {
      descriptor = Object.getOwnPropertyDescriptor(owner, name);
      if (descriptor === undefined) owner = Object.getPrototypeOf(owner);
    }
    if (descriptor === undefined) {
      throw new codes.ERR_INVALID_ARG_VALUE('propertyName', name, 'is not a property of the object');
    }
    this.#object = object;
    this.#name = name;
    this.#descriptor = descriptor;
    this.#isOwn = owner === object;
    this.#value = hasValue ? value : object[name];
    const { configurable, enumerable } = descriptor;
    const get = () => this.#read();
    const set = (next) => this.mockImplementation(next);
    Object.defineProperty(object, name, { __proto__: null, configurable, enumerable, get, set });
  }

  get accesses() {
    return [...this.#accesses];
  }

  accessCount() {
    return this.#accesses.length;
  }

  resetAccesses() {
    this.#accesses = [];
  }

  #note(type, value) {
    this.#accesses.push({ type, value, stack: new Error() });
  }

  #next(value) {
    const index = this.#accesses.length;
    if (!this.#once.has(index)) return value;
    const once = this.#once.get(index);
    this.#once.delete(index);
    return once;
  }

  #read() {
    const value = this.#next(this.#value);
    this.#note('get', value);
    return value;
  }

  mockImplementation(value) {
    if (this.#descriptor.writable === false) {
      throw new codes.ERR_INVALID_ARG_VALUE('propertyName', this.#name, 'cannot be set');
    }
    const next = this.#next(value);
    this.#value = next;
    this.#note('set', next);
  }

  mockImplementationOnce(value, onAccess) {
    const next = this.#accesses.length;
    const access = onAccess ?? next;
    validateInteger(access, 'onAccess', next);
    this.#once.set(access, value);
  }

  restore() {
    if (this.#isOwn) Object.defineProperty(this.#object, this.#name, this.#descriptor);
    else delete this.#object[this.#name];
  }
}

/** The object, as somebody who watches the accesses of its property sees it. */
function watched(object, context) {
  return new Proxy(object, {
    __proto__: null,
    get: (target, key, receiver) => (key === 'mock' ? context : Reflect.get(target, key, receiver)),
  });
}

module.exports = { MockPropertyContext, watched };
