'use strict';

// The names in front of what `util.inspect` shows: constructors, tags, null prototypes.

const { getOwnPropertyDescriptor, getOwnPropertyNames, getOwnPropertySymbols, getPrototypeOf, hasOwn } = Object;

// Names of the language's own classes: what their prototypes hold is known and not shown. As in Node, the classes that
// V8 adds when a context is made (SharedArrayBuffer, DisposableStack) are not among them.
const BUILT_IN_NAMES = new Set([
  'AggregateError', 'Array', 'ArrayBuffer', 'Atomics', 'BigInt', 'BigInt64Array',
  'BigUint64Array', 'Boolean', 'DataView', 'Date', 'Error', 'EvalError', 'FinalizationRegistry',
  'Float16Array', 'Float32Array', 'Float64Array', 'Function', 'Int16Array', 'Int32Array', 'Int8Array', 'Intl',
  'Iterator', 'JSON', 'Map', 'Math', 'Number', 'Object', 'Promise', 'Proxy', 'RangeError', 'ReferenceError',
  'Reflect', 'RegExp', 'Set', 'String', 'SuppressedError', 'Symbol', 'SyntaxError', 'Temporal',
  'TypeError', 'URIError', 'Uint16Array', 'Uint32Array', 'Uint8Array', 'Uint8ClampedArray', 'WeakMap', 'WeakRef',
  'WeakSet', 'WebAssembly',
]);

// Prototypes that are known by themselves, whatever their `constructor` says, and what their objects are called. As in
// Node, not all of the language's classes are among them.
const KNOWN_PROTOTYPES = new Map([
  Object, Function, Array, Number, Boolean, String, Date, Promise, RegExp, Error, AggregateError, RangeError, TypeError,
  ArrayBuffer, DataView, Map, Set, WeakMap, WeakSet,
].map((known) => [known.prototype, known.name]));

/** Whether the language itself has a class of that name. */
function isBuiltInName(name) {
  return BUILT_IN_NAMES.has(name);
}

function isInstance(object, constructor) {
  try {
    return object instanceof constructor;
  } catch {
    return false;
  }
}

/** Fills `found` with what a user's class adds to its instances, for `showHidden`: accessors mostly. */
function collectPrototypeProperties(context, main, object, level, found) {
  let depth = 0;
  let seen;
  do {
    if (depth !== 0 || main === object) {
      object = getPrototypeOf(object);
      if (object === null) break;
      const descriptor = getOwnPropertyDescriptor(object, 'constructor');
      if (descriptor !== undefined && typeof descriptor.value === 'function' && isBuiltInName(descriptor.value.name)) {
        break;
      }
    }
    seen ??= new Set();
    for (const key of Reflect.ownKeys(object)) {
      if (key === 'constructor' || hasOwn(main, key) || (depth !== 0 && seen.has(key))) continue;
      const descriptor = getOwnPropertyDescriptor(object, key);
      if (typeof descriptor.value === 'function') continue;
      found.push(key);
      seen.add(key);
    }
    depth += 1;
  } while (depth !== 3);
}

/**
 * The name of an object's constructor, from the nearest prototype that has one that fits; null when there is no
 * prototype. `found` (or undefined) is filled with properties of the prototypes.
 */
function constructorName(object, context, level, found) {
  const main = object;
  let firstPrototype;
  while (object !== null && object !== undefined) {
    // Most objects have none of their own, which is learned faster this way.
    const descriptor = hasOwn(object, 'constructor') ? getOwnPropertyDescriptor(object, 'constructor') : undefined;
    if (
      descriptor !== undefined &&
      typeof descriptor.value === 'function' &&
      descriptor.value.name !== '' &&
      isInstance(main, descriptor.value)
    ) {
      const { name } = descriptor.value;
      if (found !== undefined && (firstPrototype !== object || !isBuiltInName(name))) {
        collectPrototypeProperties(context, main, firstPrototype ?? main, level, found);
      }
      return String(name);
    }
    object = getPrototypeOf(object);
    if (firstPrototype === undefined) firstPrototype = object;
    const known = KNOWN_PROTOTYPES.get(object);
    if (known !== undefined) {
      if (found !== undefined && firstPrototype !== object) {
        collectPrototypeProperties(context, main, firstPrototype, level, found);
      }
      return known;
    }
  }
  if (firstPrototype === null) return null;

  const known = ops.util_constructor_name(main);
  if (context.isTooDeep(level)) return `${known} <Complex prototype>`;
  const next = constructorName(firstPrototype, context, level + 1, found);
  if (next !== null) return `${known} <${next}>`;
  const { inspect } = require('internal/util/inspect');
  const shown = inspect(firstPrototype, { ...context.optionsForCustom(false), customInspect: false, depth: -1 });
  return `${known} <${shown}>`;
}

/** Whether the tag is the constructor's name with those of namespaces before it. */
function isQualified(tag, constructor) {
  return tag.endsWith(`.${constructor}`) && tag.length > constructor.length + 1;
}

/** `Map(2) [Tag] `, `[Map(2): null prototype] `. */
function prefixOf(constructor, tag, fallback, size = '') {
  if (constructor === null) {
    const more = tag !== '' && fallback !== tag ? `[${tag}] ` : '';
    return `[${fallback}${size}: null prototype] ${more}`;
  }
  if (tag === '' || constructor === tag) return `${constructor}${size} `;
  // `Intl.Collator` says more than `Collator`.
  return isQualified(tag, constructor) ? `${tag}${size} ` : `${constructor}${size} [${tag}] `;
}

/** The keys to show: enumerable ones, with `showHidden` all. */
function keysOf(object, showHidden) {
  const symbols = getOwnPropertySymbols(object);
  if (showHidden) {
    const keys = getOwnPropertyNames(object);
    return symbols.length === 0 ? keys : keys.concat(symbols);
  }
  let keys;
  try {
    keys = Object.keys(object);
  } catch {
    // A module that has not run yet: its names are there, their values not.
    keys = getOwnPropertyNames(object);
  }
  for (let i = 0; i < symbols.length; i++) {
    if (Object.prototype.propertyIsEnumerable.call(object, symbols[i])) keys.push(symbols[i]);
  }
  return keys;
}

module.exports = { constructorName, isBuiltInName, keysOf, prefixOf };
