'use strict';

// Conversions of Web IDL with the words that Node has for their failures (https://webidl.spec.whatwg.org/).

const inspectCustom = Symbol.for('nodejs.util.inspect.custom');

/** As `ByteString`: one byte a character. */
function toByteString(value) {
  const text = `${value}`;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit > 255) {
      throw new TypeError('Cannot convert argument to a ByteString because the character at ' +
        `index ${i} has a value of ${unit} which is greater than 255.`);
    }
  }
  return text;
}

/** As `USVString`. */
const toUSVString = (value) => `${value}`.toWellFormed();

/** Refuses a call with too few arguments. */
function required(args, count, name) {
  if (args.length >= count) return;
  throw new TypeError(`${name}: ${count} argument${count === 1 ? '' : 's'} required, but${args.length ? ' only' : ''} ${args.length} found.`);
}

function illegal() {
  const error = new TypeError('Illegal invocation');
  error.code = 'ERR_INVALID_THIS';
  return error;
}

/** Enumerable members and a tag. */
function finish(Class, names, show) {
  for (const key of names) Object.defineProperty(Class.prototype, key, { __proto__: null, enumerable: true });
  Object.defineProperty(Class.prototype, Symbol.toStringTag, { __proto__: null, value: Class.name, configurable: true });
  if (show === undefined) return;
  Object.defineProperty(Class.prototype, inspectCustom, {
    __proto__: null, configurable: true, writable: true,
    value: { [inspectCustom](depth, options) {
      const { inspect } = require('internal/util/inspect');
      const rest = { ...options, depth: options.depth == null ? 2 : options.depth };
      return `${Class.name} ${inspect(show(this), rest)}`;
    } }[inspectCustom],
  });
}

const IteratorPrototype = Object.getPrototypeOf(Object.getPrototypeOf([][Symbol.iterator]()));

/** The iterator class of an iterable of pairs; `pairsOf` is asked for every step, because the list may change. */
function pairIterator(name, pairsOf) {
  class PairIterator {
    #target;
    #kind;
    #index = 0;

    constructor(target, kind) {
      this.#target = target;
      this.#kind = kind;
    }

    next() {
      const pairs = pairsOf(this.#target);
      if (this.#index >= pairs.length) return { value: undefined, done: true };
      const [key, value] = pairs[this.#index];
      this.#index += 1;
      return { value: this.#kind === 'key' ? key : this.#kind === 'value' ? value : [key, value], done: false };
    }
  }
  delete PairIterator.prototype.constructor;
  Object.setPrototypeOf(PairIterator.prototype, IteratorPrototype);
  Object.defineProperty(PairIterator.prototype, Symbol.toStringTag, {
    __proto__: null, value: `${name} Iterator`, configurable: true,
  });
  Object.defineProperty(PairIterator.prototype, 'next', { __proto__: null, enumerable: true });
  return PairIterator;
}

/** `forEach` of an iterable of pairs. */
function forEachPair(target, name, callback, receiver) {
  if (typeof callback !== 'function') {
    throw new TypeError(`Failed to execute 'forEach' on '${name}': parameter 1 is not of type 'Function'.`);
  }
  for (const [key, value] of target) callback.call(receiver, value, key, target);
}

module.exports = { finish, forEachPair, illegal, pairIterator, required, toByteString, toUSVString };
