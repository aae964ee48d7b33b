'use strict';

// Deep comparison, as `assert.deepEqual`, `assert.deepStrictEqual`, `assert.partialDeepStrictEqual` and
// `util.isDeepStrictEqual` do it (https://nodejs.org/api/assert.html#comparison-details).
//
// Three things are compared of two objects: what they are (prototype, tag, kind), what only this kind of object holds
// (elements, bytes, entries, a date's time …) and their own enumerable properties.

const { kindOf, kinds } = require('internal/util/kinds');

/** `==` for primitives; prototypes and symbols do not count. */
const kLoose = 0;
/** `Object.is` for primitives, the same prototypes, symbols too. */
const kStrict = 1;
/** As strict, but the first may have more than the second, and prototypes do not count. */
const kPartial = 2;
/** As strict without the prototypes. */
const kSkipPrototype = 3;

const { getOwnPropertySymbols, getPrototypeOf, is, keys } = Object;
const { hasOwnProperty, propertyIsEnumerable, toString } = Object.prototype;
const { apply } = Reflect;
const { isArray } = Array;
const { getTime } = Date.prototype;
const ARRAY_INDEX = /^(?:0|[1-9][0-9]{0,9})$/;
const MAX_INDEX = 2 ** 32 - 2;

const hasOwn = (object, key) => apply(hasOwnProperty, object, [key]);
const isEnumerable = (object, key) => apply(propertyIsEnumerable, object, [key]);
const tagOf = (value) => apply(toString, value, []);
const isIndex = (key) => ARRAY_INDEX.test(key) && Number(key) <= MAX_INDEX;
const isNoSymbol = (key) => typeof key !== 'symbol';
/** Objects of which nothing can be seen: each equals only itself. */
const OPAQUE = -1;

/** What an error says of itself even where the properties are not enumerable. */
const ERROR_FIELDS = ['message', 'name', 'cause', 'errors'];

/** One comparison of two values: its mode, and the pairs being compared further up. */
class Comparison {
  /** Objects of both sides whose comparison has not ended. */
  #open = new Set();
  /** How often a cycle of the first side was followed further, because the second side had more to say. */
  #unrolled = 0;

  constructor(mode) {
    this.mode = mode;
    this.isLoose = mode === kLoose;
    this.isPartial = mode === kPartial;
  }

  /** Whether `a` equals `b`, or in partial mode contains it. */
  equal(a, b) {
    if (a === b) return this.isLoose || a !== 0 || is(a, b);
    if (a === null || typeof a !== 'object') return this.#primitives(a, b);
    if (b === null || typeof b !== 'object') return false;
    if (this.mode === kStrict && !prototypesEqual(a, b)) return false;
    const tag = tagOf(a);
    return tag === tagOf(b) && this.#objects(a, b, tag);
  }

  #primitives(a, b) {
    if (!this.isLoose) return typeof a === 'number' && a !== a && b !== b;
    return (b === null || typeof b !== 'object') && (a == b || (a !== a && b !== b));
  }

  #objects(a, b, tag) {
    const kind = comparedKind(a, tag);
    if (kind !== comparedKind(b, tag)) return false;
    switch (kind) {
      case kinds.PLAIN:
        return hostObjectsEqual(a, b, tag) && this.#properties(a, b);
      case kinds.ARRAY:
        return this.#properties(a, b, arraysEqual, ops.util_names);
      case kinds.DATE:
        return datesEqual(a, b) && this.#properties(a, b);
      case kinds.REGEXP:
        return regExpsEqual(a, b) && this.#properties(a, b);
      case kinds.ERROR:
        return this.#properties(a, b, errorsEqual);
      case kinds.SET:
        return this.#properties(a, b, require('internal/util/compare_collections').setsEqual);
      case kinds.MAP:
        return this.#properties(a, b, require('internal/util/compare_collections').mapsEqual);
      case kinds.TYPED_ARRAY:
      case kinds.DATA_VIEW: {
        const { viewsEqual } = require('internal/util/compare_bytes');
        return viewsEqual(a, b, this) && this.#properties(a, b, undefined, ops.util_names);
      }
      case kinds.ARRAY_BUFFER: {
        const { bytesEqual } = require('internal/util/compare_bytes');
        return bytesEqual(a, b, this) && this.#properties(a, b);
      }
      case OPAQUE:
        return false;
      default:
        return boxesEqual(kind, a, b) && this.#properties(a, b);
    }
  }

  /**
   * The own enumerable properties, of which `names(object, true)` gives those to compare; before them what
   * `inner(a, b, comparison)` compares of the kind. Both may lead back here.
   */
  #properties(a, b, inner, names = enumerableKeys) {
    const wanted = this.isLoose ? names(b, true).filter(isNoSymbol) : names(b, true);
    if (!this.isPartial) {
      const count = this.isLoose ? names(a, true).filter(isNoSymbol).length : names(a, true).length;
      if (count !== wanted.length) return false;
    }
    for (const key of wanted) if (!isEnumerable(a, key)) return false;

    if (wanted.length === 0 && inner === undefined) return true;
    return this.#nested(a, b, () => {
      if (inner !== undefined && !inner(a, b, this)) return false;
      for (const key of wanted) if (!this.equal(a[key], b[key])) return false;
      return true;
    });
  }

  /** Runs `compare` with both marked as open. A pair met again inside itself is equal as far as that goes. */
  #nested(a, b, compare) {
    const open = this.#open;
    const aIsOpen = open.has(a);
    const bIsOpen = open.has(b);
    if (aIsOpen && bIsOpen) return this.#unrolled === 0;
    // Only one leads back to itself here; in partial mode the first may, as long as the second ends.
    if (bIsOpen || (aIsOpen && !this.isPartial)) return false;
    if (aIsOpen) this.#unrolled++;
    open.add(a);
    open.add(b);
    const result = compare();
    open.delete(b);
    if (aIsOpen) this.#unrolled--;
    else open.delete(a);
    return result;
  }
}

// Classes that an object's own `constructor` property may name to say what it is.
const WELL_KNOWN = new Set([
  Array,
  ArrayBuffer,
  BigInt,
  BigInt64Array,
  BigUint64Array,
  Boolean,
  DataView,
  Date,
  Error,
  Float16Array,
  Float32Array,
  Float64Array,
  Function,
  Int16Array,
  Int32Array,
  Int8Array,
  Map,
  Number,
  Object,
  Promise,
  RegExp,
  Set,
  String,
  Symbol,
  Uint16Array,
  Uint32Array,
  Uint8Array,
  Uint8ClampedArray,
  WeakMap,
  WeakSet,
]);

/** Objects of one class count as having the same prototype, whatever is between. */
function prototypesEqual(a, b) {
  const { constructor } = a;
  if (constructor !== undefined && (WELL_KNOWN.has(constructor) || !hasOwn(a, 'constructor'))) {
    return constructor === b.constructor;
  }
  return getPrototypeOf(a) === getPrototypeOf(b);
}

/** Kinds that are compared alike, as one. What is seen of other objects are their properties only. */
const COMPARED_AS = {
  __proto__: null,
  [kinds.PROXY]: kinds.PLAIN,
  [kinds.PROMISE]: OPAQUE,
  [kinds.SHARED_ARRAY_BUFFER]: kinds.ARRAY_BUFFER,
  [kinds.WEAK_MAP]: OPAQUE,
  [kinds.WEAK_SET]: OPAQUE,
};
for (const name of [
  'MAP_ITERATOR',
  'SET_ITERATOR',
  'GENERATOR',
  'MODULE',
  'ARGUMENTS',
  'EXTERNAL',
  'WASM_MODULE',
]) {
  COMPARED_AS[kinds[name]] = kinds.PLAIN;
}

function comparedKind(value, tag) {
  if (isArray(value)) return kinds.ARRAY;
  const kind = kindOf(value);
  if (kind === kinds.PLAIN && tag === '[object DOMException]') return kinds.ERROR;
  return COMPARED_AS[kind] ?? kind;
}

/** Own enumerable keys, texts and symbols. */
function enumerableKeys(object) {
  const symbols = getOwnPropertySymbols(object);
  if (symbols.length === 0) return keys(object);
  return [...keys(object), ...symbols.filter((symbol) => isEnumerable(object, symbol))];
}

function datesEqual(a, b) {
  return is(apply(getTime, a, []), apply(getTime, b, []));
}

function regExpsEqual(a, b) {
  return a.source === b.source && a.flags === b.flags && a.lastIndex === b.lastIndex;
}

function errorsEqual(a, b, comparison) {
  for (const key of ERROR_FIELDS) {
    // Enumerable ones are compared with the other properties.
    if (isEnumerable(b, key)) continue;
    const expected = b[key];
    const mayBeMissing = key === 'cause' || key === 'errors';
    if (comparison.isPartial && (expected === undefined || (key === 'message' && expected === ''))) {
      if (mayBeMissing && hasOwn(b, key) && !hasOwn(a, key)) return false;
      continue;
    }
    if (!comparison.isPartial && mayBeMissing && hasOwn(a, key) !== hasOwn(b, key)) return false;
    if (!comparison.equal(a[key], expected)) return false;
  }
  return true;
}

const UNBOX = {
  __proto__: null,
  [kinds.NUMBER]: Number.prototype.valueOf,
  [kinds.STRING]: String.prototype.valueOf,
  [kinds.BOOLEAN]: Boolean.prototype.valueOf,
  [kinds.BIGINT]: BigInt.prototype.valueOf,
  [kinds.SYMBOL]: Symbol.prototype.valueOf,
};

function boxesEqual(kind, a, b) {
  return is(apply(UNBOX[kind], a, []), apply(UNBOX[kind], b, []));
}

/** Keys are compared by what they hold. */
function keysEqual(a, b) {
  const { isCryptoKey, isKeyObject } = require('internal/util/types');
  if (isKeyObject(a)) return isKeyObject(b) && a.equals(b);
  if (!isCryptoKey(a)) return true;
  if (!isCryptoKey(b) || a.extractable !== b.extractable) return false;
  const { KeyObject } = require('crypto');
  const facts = ({ algorithm, usages }) => JSON.stringify([algorithm, [...usages].sort()]);
  return facts(a) === facts(b) && KeyObject.from(a).equals(KeyObject.from(b));
}

/** Objects of the platform whose state is not in properties. */
function hostObjectsEqual(a, b, tag) {
  if (tag === '[object URL]' && a instanceof URL) return b instanceof URL && a.href === b.href;
  if (tag === '[object KeyObject]' || tag === '[object CryptoKey]') return keysEqual(a, b);
  return true;
}

function arraysEqual(a, b, comparison) {
  if (comparison.isPartial) return arrayContains(a, b, comparison);
  const { length } = a;
  if (length !== b.length) return false;
  for (let i = 0; i < length; i++) {
    if (!hasOwn(b, i)) {
      if (hasOwn(a, i)) return false;
      // The rest may be mostly holes: only what is there counts.
      return sparseRestEqual(a, b, i + 1, comparison);
    }
    const expected = b[i];
    if (!hasOwn(a, i)) {
      if (comparison.isLoose && expected === null) continue;
      return false;
    }
    // In Node an expected `null` inside an array stands for anything when compared loosely.
    if (comparison.isLoose && expected === null) continue;
    if (!comparison.equal(a[i], expected)) return false;
  }
  return true;
}

function sparseRestEqual(a, b, start, comparison) {
  const rest = (key) => isIndex(key) && Number(key) >= start;
  const aKeys = keys(a).filter(rest);
  const bKeys = keys(b).filter(rest);
  if (aKeys.length !== bKeys.length) return false;
  for (let i = 0; i < bKeys.length; i++) {
    const key = bKeys[i];
    if (aKeys[i] !== key || !comparison.equal(a[key], b[key])) return false;
  }
  return true;
}

/** Whether the elements of `b` are in `a` in this order, with others between them. Holes of `b` ask for nothing. */
function arrayContains(a, b, comparison) {
  if (b.length > a.length) return false;
  let position = 0;
  for (const key of keys(b)) {
    if (!isIndex(key)) break;
    const expected = b[key];
    while (position < a.length && !(hasOwn(a, position) && comparison.equal(a[position], expected)))
      position++;
    if (position === a.length) return false;
    position++;
  }
  return true;
}

/** Whether two values are deeply equal in `mode`: `kLoose`, `kStrict`, `kPartial` or `kSkipPrototype`. */
function isDeepEqual(a, b, mode) {
  return new Comparison(mode).equal(a, b);
}

/** `util.isDeepStrictEqual`. */
function isDeepStrictEqual(a, b, skipPrototype) {
  return isDeepEqual(a, b, skipPrototype ? kSkipPrototype : kStrict);
}

module.exports = { isDeepEqual, isDeepStrictEqual, kLoose, kPartial, kSkipPrototype, kStrict };
