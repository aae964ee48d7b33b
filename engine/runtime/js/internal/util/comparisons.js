'use strict';

// Deep comparison, as `assert.deepEqual`, `assert.deepStrictEqual`, `assert.partialDeepStrictEqual` and
// `util.isDeepStrictEqual` do it (https://nodejs.org/api/assert.html#comparison-details).
//
// Three things are compared of two objects: what they are (prototype, tag, kind), what only this kind of object holds
// (elements, bytes, entries, a date's time …) and their own enumerable properties.

const types = require('internal/util/types');

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
const isNotIndex = (key) => !isIndex(key);

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
    if (tagOf(a) !== tagOf(b)) return false;
    return this.#objects(a, b);
  }

  #primitives(a, b) {
    if (!this.isLoose) return typeof a === 'number' && a !== a && b !== b;
    return (b === null || typeof b !== 'object') && (a == b || (a !== a && b !== b));
  }

  #objects(a, b) {
    if (isArray(a) || isArray(b)) {
      return isArray(a) && isArray(b) && this.#properties(a, b, isNotIndex, arraysEqual);
    }
    if (types.isDate(a) || types.isDate(b)) {
      return types.isDate(a) && types.isDate(b) && datesEqual(a, b) && this.#properties(a, b);
    }
    if (types.isRegExp(a) || types.isRegExp(b)) {
      return types.isRegExp(a) && types.isRegExp(b) && regExpsEqual(a, b) && this.#properties(a, b);
    }
    if (isError(a) || isError(b)) {
      return isError(a) && isError(b) && this.#properties(a, b, undefined, errorsEqual);
    }
    if (types.isSet(a) || types.isSet(b)) {
      return types.isSet(a) && types.isSet(b) && this.#properties(a, b, undefined, setsEqual);
    }
    if (types.isMap(a) || types.isMap(b)) {
      return types.isMap(a) && types.isMap(b) && this.#properties(a, b, undefined, mapsEqual);
    }
    if (ArrayBuffer.isView(a) || ArrayBuffer.isView(b)) {
      const { viewsEqual } = require('internal/util/compare_bytes');
      return viewsEqual(a, b, this) && this.#properties(a, b, isNotIndex);
    }
    if (types.isAnyArrayBuffer(a) || types.isAnyArrayBuffer(b)) {
      const { buffersEqual } = require('internal/util/compare_bytes');
      return buffersEqual(a, b, this) && this.#properties(a, b);
    }
    if (types.isBoxedPrimitive(a) || types.isBoxedPrimitive(b)) {
      return boxesEqual(a, b) && this.#properties(a, b);
    }
    if (isOpaque(a)) return false;
    return hostObjectsEqual(a, b) && this.#properties(a, b);
  }

  /**
   * Own enumerable properties, those that `filter` accepts; then what `inner(a, b, comparison)` compares of the kind.
   * Both may lead back here.
   */
  #properties(a, b, filter, inner) {
    let aKeys = keys(a);
    let bKeys = keys(b);
    if (filter !== undefined) {
      aKeys = aKeys.filter(filter);
      bKeys = bKeys.filter(filter);
    }
    if (this.isPartial ? aKeys.length < bKeys.length : aKeys.length !== bKeys.length) return false;
    for (const key of bKeys) if (!isEnumerable(a, key)) return false;

    if (!this.isLoose) {
      const symbols = getOwnPropertySymbols(b).filter((symbol) => isEnumerable(b, symbol));
      for (const symbol of symbols) if (!isEnumerable(a, symbol)) return false;
      if (!this.isPartial) {
        const count = getOwnPropertySymbols(a).filter((symbol) => isEnumerable(a, symbol)).length;
        if (count !== symbols.length) return false;
      }
      bKeys.push(...symbols);
    }

    if (bKeys.length === 0 && inner === undefined) return true;
    return this.#nested(a, b, () => {
      if (inner !== undefined && !inner(a, b, this)) return false;
      for (const key of bKeys) if (!this.equal(a[key], b[key])) return false;
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

function setsEqual(a, b, comparison) {
  return require('internal/util/compare_collections').setsEqual(a, b, comparison);
}

function mapsEqual(a, b, comparison) {
  return require('internal/util/compare_collections').mapsEqual(a, b, comparison);
}

function datesEqual(a, b) {
  return is(apply(getTime, a, []), apply(getTime, b, []));
}

function regExpsEqual(a, b) {
  return a.source === b.source && a.flags === b.flags && a.lastIndex === b.lastIndex;
}

function isError(value) {
  return types.isNativeError(value) || value instanceof DOMException;
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

const BOXES = [
  [types.isNumberObject, Number.prototype.valueOf],
  [types.isStringObject, String.prototype.valueOf],
  [types.isBooleanObject, Boolean.prototype.valueOf],
  [types.isBigIntObject, BigInt.prototype.valueOf],
  [types.isSymbolObject, Symbol.prototype.valueOf],
];

function boxesEqual(a, b) {
  for (const [isBox, valueOf] of BOXES) {
    if (isBox(a)) return isBox(b) && is(apply(valueOf, a, []), apply(valueOf, b, []));
  }
  return false;
}

/** Objects of which nothing can be seen: each equals only itself. */
function isOpaque(value) {
  return types.isWeakMap(value) || types.isWeakSet(value) || types.isPromise(value);
}

/** Objects of the platform whose state is not in properties. */
function hostObjectsEqual(a, b) {
  if (a instanceof URL) return b instanceof URL && a.href === b.href;
  if (types.isKeyObject?.(a)) return types.isKeyObject(b) && a.equals(b);
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
