'use strict';

// Functions that keep count of their calls (https://nodejs.org/api/test.html#class-mocktracker).

const { codes } = require('internal/errors');
const { validateFunction, validateInteger, validateObject } = require('internal/validators');

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
    const next = this.#calls.length;
    const call = onCall ?? next;
    validateInteger(call, 'onCall', next);
    this.#once.set(call, implementation);
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

/** How often a mock stands in. */
function checkTimes(times) {
  if (times !== undefined) validateInteger(times, 'options.times', 1);
}

/** An implementation and options, of which the first may be left out. */
function sorted(implementation, options) {
  return implementation !== null && typeof implementation === 'object' ? [undefined, implementation] : [implementation, options];
}

class MockTracker {
  #mocks = [];
  #timers;

  get timers() {
    this.#timers ??= new (require('internal/test_runner/mock_timers').MockTimers)();
    return this.#timers;
  }

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
    validateObject(options, 'options');
    checkTimes(options.times);
    const mock = mocked(original, implementation, undefined, options.times);
    this.#mocks.push(mock.mock);
    return mock;
  }

  method(object, name, implementation, options = {}) {
    if (typeof object !== 'function') validateObject(object, 'object');
    if (typeof name !== 'string' && typeof name !== 'symbol') {
      throw new codes.ERR_INVALID_ARG_TYPE('methodName', ['string', 'symbol'], name);
    }
    if (implementation !== null && typeof implementation === 'object') {
      options = implementation;
      implementation = undefined;
    }
    if (implementation !== undefined) validateFunction(implementation, 'implementation');
    validateObject(options, 'options');
    const { getter = false, setter = false, times } = options;
    if (getter && setter) throw new codes.ERR_INVALID_ARG_VALUE('options.setter', setter, "cannot be used with 'options.getter'");
    checkTimes(times);
    let owner = object;
    let descriptor;
    while (owner !== null && (descriptor = Object.getOwnPropertyDescriptor(owner, name)) === undefined) owner = Object.getPrototypeOf(owner);
    const field = getter ? 'get' : setter ? 'set' : 'value';
    const original = descriptor?.[field];
    if (typeof original !== 'function') throw new codes.ERR_INVALID_ARG_VALUE('methodName', original, 'must be a method');
    const restore = () => Object.defineProperty(object, name, descriptor);
    const mock = mocked(original, implementation ?? original, restore, times);
    Object.defineProperty(object, name, { ...descriptor, configurable: true, [field]: mock });
    this.#mocks.push(mock.mock);
    return mock;
  }

  getter(object, name, implementation, options = {}) {
    [implementation, options] = sorted(implementation, options);
    if (options.getter === false) throw new codes.ERR_INVALID_ARG_VALUE('options.getter', false, 'cannot be false');
    return this.method(object, name, implementation, { ...options, getter: true });
  }

  setter(object, name, implementation, options = {}) {
    [implementation, options] = sorted(implementation, options);
    if (options.setter === false) throw new codes.ERR_INVALID_ARG_VALUE('options.setter', false, 'cannot be false');
    return this.method(object, name, implementation, { ...options, setter: true });
  }

  property(object, name, ...value) {
    if (typeof object !== 'function') validateObject(object, 'object');
    if (typeof name !== 'string' && typeof name !== 'symbol') {
      throw new codes.ERR_INVALID_ARG_TYPE('propertyName', ['string', 'symbol'], name);
    }
    const { MockPropertyContext, watched } = require('internal/test_runner/mock_property');
    const context = new MockPropertyContext(object, name, value.length > 0, value[0]);
    this.#mocks.push(context);
    return watched(object, context);
  }

  /** Only there with `--experimental-test-module-mocks`. */
  module(specifier, options) {
    const { placeOfCaller } = require('internal/test_runner/harness');
    const mock = require('internal/test_runner/mock_module').mockModule(specifier, options, placeOfCaller().file);
    this.#mocks.push(mock);
    return mock;
  }

  reset() {
    this.restoreAll();
    this.#timers?.reset();
    this.#mocks = [];
  }

  restoreAll() {
    for (const mock of this.#mocks) mock.restore();
  }
}

if (!require('internal/options').isOn('--experimental-test-module-mocks')) delete MockTracker.prototype.module;

module.exports = { MockTracker };
