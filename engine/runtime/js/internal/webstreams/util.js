'use strict';

// What all classes of the Streams standard share (https://streams.spec.whatwg.org/#supporting-ao).

const { codes } = require('internal/errors');

const kState = Symbol('kState');
/** Makes a constructor leave the object to the engine. */
const kInternal = Symbol('kInternal');
const inspectCustom = Symbol.for('nodejs.util.inspect.custom');
const { apply } = Reflect;
const { then } = Promise.prototype;

/** PerformPromiseThen: does not look at what a script made of `then`. */
const upon = (promise, fulfilled, rejected) => apply(then, promise, [fulfilled, rejected]);

const nothing = () => {};

/** Nobody has to hear of this promise's rejection. */
const markHandled = (promise) => upon(promise, undefined, nothing);

const resolvedWith = (value) => new Promise((resolve) => {
  resolve(value);
});

/** Calls a callback that returns a promise: whatever it throws is a rejection. */
function callAsync(callback, receiver, args) {
  try {
    // A promise is taken as it is, which is a matter of two turns of the queue that scripts can see.
    return Promise.resolve(apply(callback, receiver, args ?? []));
  } catch (error) {
    return Promise.reject(error);
  }
}

/** The method `name` of a script's dictionary, or undefined. */
function method(dictionary, name) {
  const callback = dictionary[name];
  if (callback === undefined) return undefined;
  if (typeof callback !== 'function') throw new TypeError('Bind must be called on a function');
  return callback;
}

const invalidState = (message) => new codes.ERR_INVALID_STATE.TypeError(message);

/** A promise that is already settled, with functions that do nothing more. */
function settled(isFulfilled, value) {
  const deferred = Promise.withResolvers();
  if (isFulfilled) {
    deferred.resolve(value);
  } else {
    deferred.reject(value);
    markHandled(deferred.promise);
  }
  return deferred;
}

/** The queue with sizes (https://streams.spec.whatwg.org/#queue-with-sizes). */
class SizedQueue {
  #items = [];
  #head = 0;
  total = 0;

  get length() {
    return this.#items.length - this.#head;
  }

  push(value, size) {
    if (typeof size !== 'number' || Number.isNaN(size) || size < 0 || size === Infinity) {
      throw new codes.ERR_INVALID_ARG_VALUE.RangeError('size', size);
    }
    this.#items.push({ value, size });
    this.total += size;
  }

  shift() {
    const { value, size } = this.#items[this.#head];
    this.#items[this.#head] = undefined;
    this.#head += 1;
    if (this.#head > 1024 && this.#head * 2 > this.#items.length) {
      this.#items = this.#items.slice(this.#head);
      this.#head = 0;
    }
    this.total = this.#head === this.#items.length ? 0 : Math.max(this.total - size, 0);
    return value;
  }

  peek() {
    return this.#items[this.#head].value;
  }

  clear() {
    this.#items = [];
    this.#head = 0;
    this.total = 0;
  }
}

/** `strategy.highWaterMark` of a constructor. */
function extractHighWaterMark(strategy, otherwise) {
  if (strategy.highWaterMark === undefined) return otherwise;
  const mark = +strategy.highWaterMark;
  if (Number.isNaN(mark) || mark < 0) {
    throw new codes.ERR_INVALID_ARG_VALUE.RangeError('strategy.highWaterMark', strategy.highWaterMark);
  }
  return mark;
}

/** `strategy.size` of a constructor. */
function extractSize(strategy) {
  const { size } = strategy;
  if (size === undefined) return () => 1;
  require('internal/validators').validateFunction(size, 'strategy.size');
  return (chunk) => size(chunk);
}

/** A dictionary argument: undefined counts as an empty one. */
function toDictionary(value, name) {
  if (value === undefined || value === null) return {};
  require('internal/validators').validateObject(value, name, { allowArray: true, allowFunction: true });
  return value;
}

/** `Name { … }` as `util.inspect` shows an object of these classes. */
function inspectAs(object, name, shown, depth, options) {
  if (depth < 0) return object;
  const { inspect } = require('internal/util/inspect');
  return `${name} ${inspect(shown, { ...options, depth: options.depth == null ? null : options.depth - 1 })}`;
}

/** Gives a class the look of one from Web IDL: enumerable members, a tag, and how it is shown. */
function finish(Class, names, show) {
  const { prototype, name } = Class;
  for (const key of names) Object.defineProperty(prototype, key, { __proto__: null, enumerable: true });
  if (show !== undefined) {
    Object.defineProperty(prototype, inspectCustom, {
      __proto__: null, configurable: true, writable: true,
      value: { [inspectCustom](depth, options) {
        if (!(this instanceof Class)) throw new codes.ERR_INVALID_THIS(name);
        return inspectAs(this, name, show(this), depth, options);
      } }[inspectCustom],
    });
  }
  Object.defineProperty(prototype, Symbol.toStringTag, { __proto__: null, value: name, configurable: true });
}

/** The state of `object` if it is of that class. */
function stateOf(object, Kind, name) {
  const state = object?.[kState];
  if (!(state instanceof Kind)) throw new codes.ERR_INVALID_THIS(name);
  return state;
}

/** Puts the state on a new object, where nobody sees it. */
function setState(object, state) {
  Object.defineProperty(object, kState, { __proto__: null, value: state });
}

module.exports = {
  SizedQueue, apply, callAsync, extractHighWaterMark, extractSize, finish, inspectAs, invalidState, kInternal, kState,
  markHandled, method, nothing, resolvedWith, setState, settled, stateOf, toDictionary, upon,
};
