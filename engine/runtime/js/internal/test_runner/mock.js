'use strict';

// Functions that keep count of their calls (https://nodejs.org/api/test.html#class-mocktracker).

const { codes } = require('internal/errors');
const { validateFunction, validateObject } = require('internal/validators');

/** What is known of the calls of one function. */
class MockFunctionContext {
  #calls = [];
  #implementation;
  #once = new Map();
  #original;
  #restore;
  #times;

  constructor(implementation, original, restore, times = Infinity) {
    this.#implementation = implementation;
    this.#original = original;
    this.#restore = restore;
    this.#times = times;
  }

  get calls() {
    return [...this.#calls];
  }

  callCount() {
    return this.#calls.length;
  }

  mockImplementation(implementation) {
    validateFunction(implementation, 'implementation');
    this.#implementation = implementation;
  }

  mockImplementationOnce(implementation, onCall) {
    validateFunction(implementation, 'implementation');
    this.#once.set(onCall ?? this.#calls.length, implementation);
  }

  restore() {
    this.#restore?.();
    this.#implementation = this.#original;
    this.#once.clear();
  }

  resetCalls() {
    this.#calls = [];
  }

  /** The function for the next call. */
  static next(context) {
    const index = context.#calls.length;
    const once = context.#once.get(index);
    if (once !== undefined) {
      context.#once.delete(index);
      return once;
    }
    if (index + 1 >= context.#times) {
      const last = context.#implementation;
      context.restore();
      return last;
    }
    return context.#implementation;
  }

  static note(context, call) {
    context.#calls.push(call);
  }
}

/** A function that does what `implementation` does, and keeps count. */
function mocked(original, implementation, restore, times) {
  const context = new MockFunctionContext(implementation, original, restore, times);
  return new Proxy(original, {
    apply(_target, receiver, args) {
      return noted(context, args, receiver, undefined, (fn) => Reflect.apply(fn, receiver, args));
    },
    construct(target, args, newTarget) {
      return noted(context, args, undefined, target, (fn) => Reflect.construct(fn, args, newTarget));
    },
    get(target, key, receiver) {
      return key === 'mock' ? context : Reflect.get(target, key, receiver);
    },
  });
}

function noted(context, args, receiver, target, act) {
  let result;
  let error;
  const fn = MockFunctionContext.next(context);
  try {
    result = act(fn);
    return result;
  } catch (thrown) {
    error = thrown;
    throw thrown;
  } finally {
    MockFunctionContext.note(context, {
      arguments: args, error, result, stack: new Error(), target, this: target === undefined ? receiver : result,
    });
  }
}

class MockTracker {
  #mocks = [];

  fn(original = function() {}, implementation = original, options = {}) {
    if (original !== null && typeof original === 'object') {
      options = original;
      original = function() {};
      implementation = original;
    } else if (implementation !== null && typeof implementation === 'object') {
      options = implementation;
      implementation = original;
    }
    validateFunction(original, 'original');
    validateFunction(implementation, 'implementation');
    const mock = mocked(original, implementation, undefined, options.times);
    this.#mocks.push(mock.mock);
    return mock;
  }

  method(object, name, implementation, options = {}) {
    if (typeof object !== 'function') validateObject(object, 'object');
    if (implementation !== null && typeof implementation === 'object') {
      options = implementation;
      implementation = undefined;
    }
    const { getter = false, setter = false, times } = options;
    if (getter && setter) throw new codes.ERR_INVALID_ARG_VALUE('options.setter', setter, "cannot be used with 'options.getter'");
    let owner = object;
    let descriptor;
    while (owner !== null && (descriptor = Object.getOwnPropertyDescriptor(owner, name)) === undefined) owner = Object.getPrototypeOf(owner);
    const field = getter ? 'get' : setter ? 'set' : 'value';
    const original = descriptor?.[field];
    if (typeof original !== 'function') throw new codes.ERR_INVALID_ARG_VALUE('methodName', original, 'must be a method');
    const isOwn = owner === object;
    const restore = () => {
      if (isOwn) Object.defineProperty(object, name, descriptor);
      else delete object[name];
    };
    const mock = mocked(original, implementation ?? original, restore, times);
    Object.defineProperty(object, name, { ...descriptor, configurable: true, [field]: mock });
    this.#mocks.push(mock.mock);
    return mock;
  }

  getter(object, name, implementation, options = {}) {
    return this.method(object, name, implementation, { ...options, getter: true });
  }

  setter(object, name, implementation, options = {}) {
    return this.method(object, name, implementation, { ...options, setter: true });
  }

  reset() {
    this.restoreAll();
    this.#mocks = [];
  }

  restoreAll() {
    for (const mock of this.#mocks) mock.restore();
  }
}

module.exports = { MockTracker };
