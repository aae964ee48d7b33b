'use strict';

// The heart of `util.inspect`: any value to text, going into objects.

// `entries` needs these while this file is still being loaded.
module.exports = { formatItem, formatProperty, formatValue };

const { arrange, kItems, kProperties } = require('internal/util/inspect/layout');
const { constructorName, keysOf, prefixOf } = require('internal/util/inspect/names');
const { escapeControl, formatPrimitive, quote } = require('internal/util/inspect/primitives');
const { stylizeNoColor } = require('internal/util/inspect/options');
const { kindOf, kinds } = require('internal/util/kinds');
const entries = require('internal/util/inspect/entries');
const { lengthOf, mapSize, setSize } = require('internal/util/inspect/slots');

const { getOwnPropertyDescriptor, hasOwn } = Object;
const kCustom = Symbol.for('nodejs.util.inspect.custom');
const PLAIN_KEY = /^[a-zA-Z_][a-zA-Z_0-9]*$/;
const typedArrayPrototype = Object.getPrototypeOf(Uint8Array.prototype);
const typedArrayTag = getOwnPropertyDescriptor(typedArrayPrototype, Symbol.toStringTag).get;

const BOXES = {
  __proto__: null,
  [kinds.NUMBER]: ['Number', Number.prototype.valueOf],
  [kinds.STRING]: ['String', String.prototype.valueOf],
  [kinds.BOOLEAN]: ['Boolean', Boolean.prototype.valueOf],
  [kinds.BIGINT]: ['BigInt', BigInt.prototype.valueOf],
  [kinds.SYMBOL]: ['Symbol', Symbol.prototype.valueOf],
};

/** Any value. `level` counts the objects around it; `inTypedArray` says that it is the buffer of one. */
function formatValue(context, value, level, inTypedArray) {
  if (value === null) return context.stylize('null', 'null');
  if (typeof value !== 'object' && typeof value !== 'function') {
    return formatPrimitive(context.stylize, value, context);
  }
  const kind = kindOf(value);
  if (kind === kinds.PROXY) return formatProxy(context, value, level);
  if (context.customInspect) {
    const custom = formatCustom(context, value, value, level, false);
    if (custom !== undefined) return custom;
  }
  return formatObject(context, value, level, kind, inTypedArray);
}

/** What `target`'s own function says about `receiver`; undefined when it has none. */
function formatCustom(context, target, receiver, level, isProxy) {
  const custom = target[kCustom];
  if (typeof custom !== 'function') return undefined;
  const { inspect } = require('internal/util/inspect');
  if (custom === inspect) return undefined;
  // A class's prototype is shown as it is: its function is meant for instances.
  const { constructor } = target;
  if (constructor && constructor.prototype === target) return undefined;
  const depth = context.depth === null ? null : context.depth - level;
  const options = context.optionsForCustom(isProxy || !(receiver instanceof Object));
  const result = custom.call(receiver, depth, options, inspect);
  if (result === receiver) return undefined;
  const text = typeof result === 'object' ? formatValue(context, result, level) : `${result}`;
  return text.replaceAll('\n', `\n${' '.repeat(context.indentation)}`);
}

/** A proxy: what it stands for, or with `showProxy` its parts. None of its traps run. */
function formatProxy(context, proxy, level) {
  const { stylize } = context;
  const [target, handler] = ops.util_proxy(proxy);
  if (target === null || target === undefined) return stylize('<Revoked Proxy>', 'special');
  if (context.showProxy) {
    if (context.isTooDeep(level)) return stylize('Proxy [Array]', 'special');
    context.indentation += 2;
    const parts = [formatValue(context, target, level + 1), formatValue(context, handler, level + 1)];
    context.indentation -= 2;
    return arrange(context, parts, '', 'Proxy [', ']', kItems, level + 1, undefined);
  }
  if (context.customInspect) {
    const custom = formatCustom(context, target, proxy, level, true);
    if (custom !== undefined) return custom;
  }
  const kind = kindOf(target);
  const inner =
    kind === kinds.PROXY ? formatProxy(context, target, level) : formatObject(context, target, level, kind, undefined);
  return `${stylize('Proxy(', 'special')}${inner}${stylize(')', 'special')}`;
}

function circularReference(context, value) {
  context.circular ??= new Map();
  let number = context.circular.get(value);
  if (number === undefined) {
    number = context.circular.size + 1;
    context.circular.set(value, number);
  }
  return context.stylize(`[Circular *${number}]`, 'special');
}

function tagOf(context, value) {
  const tag = value[Symbol.toStringTag];
  if (typeof tag !== 'string' || tag === '') return '';
  // A tag that is shown as a property need not be said twice.
  const isShown = context.showHidden
    ? hasOwn(value, Symbol.toStringTag)
    : Object.prototype.propertyIsEnumerable.call(value, Symbol.toStringTag);
  return isShown ? '' : tag;
}

/** How one object is shown: what stands before its parts, around them, and how they are made. */
class Shape {
  constructor(keys) {
    this.keys = keys;
    this.base = '';
    this.opening = '{';
    this.closing = '}';
    this.type = kProperties;
    /** `(context, value, level, keys) → parts`. */
    this.contents = noContents;
    /** The whole text, when there is nothing inside. */
    this.whole = undefined;
  }
}

function noContents() {
  return [];
}

function unknownItems(context) {
  return [context.stylize('<items unknown>', 'special')];
}

function isEmpty(keys, inherited) {
  return keys.length === 0 && inherited === undefined;
}

function ownKeysBesideIndices(context, value) {
  return ops.util_names(value, !context.showHidden);
}

/** Shapes of lists: arrays and typed arrays. */
function listShape(context, value, kind, constructor, tag, inherited) {
  const shape = new Shape(ownKeysBesideIndices(context, value));
  const length = kind === kinds.ARRAY ? value.length : lengthOf(value);
  shape.closing = ']';
  shape.type = kItems;
  let isBare;
  if (kind === kinds.ARRAY) {
    const prefix = constructor === 'Array' && tag === '' ? '' : prefixOf(constructor, tag, 'Array', `(${length})`);
    shape.opening = `${prefix}[`;
    shape.contents = entries.arrayItems;
    isBare = isEmpty(shape.keys, inherited);
  } else {
    const fallback = typedArrayTag.call(value);
    shape.opening = `${prefixOf(constructor, tag, fallback, `(${length})`)}[`;
    shape.contents = entries.typedArrayItems;
    isBare = shape.keys.length === 0 && !context.showHidden;
  }
  if (length === 0 && isBare) shape.whole = `${shape.opening}]`;
  return shape;
}

/** Shapes of maps, sets and their iterators. */
function collectionShape(context, value, kind, constructor, tag, inherited, shape) {
  switch (kind) {
    case kinds.MAP:
    case kinds.SET: {
      const isMap = kind === kinds.MAP;
      const size = isMap ? mapSize(value) : setSize(value);
      shape.opening = `${prefixOf(constructor, tag, isMap ? 'Map' : 'Set', `(${size})`)}{`;
      shape.contents = isMap ? entries.mapItems : entries.setItems;
      if (size === 0 && isEmpty(shape.keys, inherited)) shape.whole = `${shape.opening}}`;
      break;
    }
    case kinds.WEAK_MAP:
      shape.opening = `${prefixOf(constructor, tag, 'WeakMap')}{`;
      shape.contents = context.showHidden ? entries.weakMapItems : unknownItems;
      break;
    case kinds.WEAK_SET:
      shape.opening = `${prefixOf(constructor, tag, 'WeakSet')}{`;
      shape.contents = context.showHidden ? entries.weakSetItems : unknownItems;
      break;
    default: {
      const [items, isPairs] = ops.util_preview(value);
      const name = kind === kinds.MAP_ITERATOR ? 'Map' : 'Set';
      shape.opening = `[${isPairs ? `${name} Entries` : tag || `${name} Iterator`}] {`;
      shape.contents = (c, _value, level) => entries.iteratorItems(c, items, isPairs, level);
    }
  }
}

/** Shapes of what is one text itself: functions, errors, dates, regular expressions, boxed values. */
function textShape(context, value, kind, constructor, tag, inherited, shape, level) {
  const { keys } = shape;
  let style;
  if (kind >= kinds.FUNCTION) {
    shape.base = require('internal/util/inspect/functions').describeFunction(value, kind, constructor, tag);
    style = 'special';
  } else if (kind === kinds.DATE) {
    const isValid = !Number.isNaN(Date.prototype.getTime.call(value));
    shape.base = isValid ? Date.prototype.toISOString.call(value) : Date.prototype.toString.call(value);
    const prefix = prefixOf(constructor, tag, 'Date');
    if (prefix !== 'Date ') shape.base = `${prefix}${shape.base}`;
    style = 'date';
  } else if (kind === kinds.REGEXP) {
    shape.base = RegExp.prototype.toString.call(constructor === null ? new RegExp(value) : value);
    const prefix = prefixOf(constructor, tag, 'RegExp');
    if (prefix !== 'RegExp ') shape.base = `${prefix}${shape.base}`;
    style = 'regexp';
    if (context.isTooDeep(level)) shape.whole = context.stylize(shape.base, style);
  } else if (kind === kinds.EXTERNAL) {
    shape.base = `[External: ${ops.util_external_address(value)}]`;
    style = 'special';
  } else {
    const [type, valueOf] = BOXES[kind];
    const inner = valueOf.call(value);
    if (kind === kinds.STRING) shape.keys = ownKeysBesideIndices(context, value);
    const named = type === constructor ? '' : ` (${constructor ?? 'null prototype'})`;
    shape.base = `[${type}${named}: ${formatPrimitive(stylizeNoColor, inner, context)}]`;
    if (tag !== '' && tag !== constructor) shape.base += ` [${tag}]`;
    if (isEmpty(shape.keys, inherited)) shape.whole = context.stylize(shape.base, type.toLowerCase());
    return;
  }
  if (isEmpty(keys, inherited)) shape.whole = context.stylize(shape.base, style);
}

/** Shapes of everything else that has properties. */
function plainShape(context, value, kind, constructor, tag, inherited, shape) {
  const { keys } = shape;
  if (kind === kinds.ARGUMENTS) {
    shape.opening = '[Arguments] {';
  } else if (constructor !== 'Object' || tag !== '') {
    const ownTag = constructor === null && getOwnPropertyDescriptor(value, Symbol.toStringTag);
    // Without a constructor an object's own tag is its name.
    const fallback =
      ownTag && ownTag.enumerable && typeof ownTag.value === 'string' && ownTag.value !== '' ? ownTag.value : 'Object';
    shape.opening = `${prefixOf(constructor, tag, fallback)}{`;
  }
  if (isEmpty(keys, inherited)) shape.whole = `${shape.opening}}`;
}

function isPlainWithoutClass(kind) {
  return kind < kinds.FUNCTION && (kind < kinds.ARRAY || kind > kinds.SET) && !(kind >= kinds.MAP_ITERATOR && kind <= kinds.SET_ITERATOR);
}

function shapeOf(context, value, kind, constructor, tag, inherited, level, inTypedArray) {
  if (kind === kinds.ARRAY || kind === kinds.TYPED_ARRAY) {
    return listShape(context, value, kind, constructor, tag, inherited);
  }
  const shape = new Shape(keysOf(value, context.showHidden));
  const { keys } = shape;
  // Classes' own prototypes are of their kind, but shown as objects.
  if (constructor === 'Object' && isPlainWithoutClass(kind)) kind = kind === kinds.ARGUMENTS ? kind : kinds.PLAIN;
  switch (kind) {
    case kinds.PLAIN:
    case kinds.ARGUMENTS:
      if (kind === kinds.PLAIN && constructor !== 'Object' && value instanceof Error) break;
      plainShape(context, value, kind, constructor, tag, inherited, shape);
      return shape;
    case kinds.ERROR:
      break;
    case kinds.MAP:
    case kinds.SET:
    case kinds.WEAK_MAP:
    case kinds.WEAK_SET:
    case kinds.MAP_ITERATOR:
    case kinds.SET_ITERATOR:
      collectionShape(context, value, kind, constructor, tag, inherited, shape);
      return shape;
    case kinds.ARRAY_BUFFER:
    case kinds.SHARED_ARRAY_BUFFER: {
      const name = kind === kinds.ARRAY_BUFFER ? 'ArrayBuffer' : 'SharedArrayBuffer';
      shape.opening = `${prefixOf(constructor, tag, name)}{`;
      if (!inTypedArray) shape.contents = entries.bufferContents;
      keys.unshift('byteLength');
      return shape;
    }
    case kinds.DATA_VIEW:
      shape.opening = `${prefixOf(constructor, tag, 'DataView')}{`;
      keys.unshift('byteLength', 'byteOffset', 'buffer');
      return shape;
    case kinds.PROMISE:
      shape.opening = `${prefixOf(constructor, tag, 'Promise')}{`;
      shape.contents = entries.promiseState;
      return shape;
    case kinds.MODULE:
      shape.opening = `${prefixOf(constructor, tag, 'Module')}{`;
      shape.contents = entries.moduleExports;
      return shape;
    case kinds.GENERATOR:
    case kinds.WASM_MODULE:
      plainShape(context, value, kind, constructor, tag, inherited, shape);
      return shape;
    default:
      textShape(context, value, kind, constructor, tag, inherited, shape, level);
      return shape;
  }
  const { describeError } = require('internal/util/inspect/errors');
  shape.base = describeError(value, constructor, tag, context, keys);
  if (isEmpty(keys, inherited)) shape.whole = shape.base;
  return shape;
}

/** An object that is no proxy. */
function formatObject(context, value, level, kind, inTypedArray) {
  if (context.seen.includes(value)) return circularReference(context, value);
  let inherited;
  if (context.showHidden && !context.isTooDeep(level)) inherited = [];
  const constructor = constructorName(value, context, level, inherited);
  if (inherited !== undefined && inherited.length === 0) inherited = undefined;
  const tag = tagOf(context, value);
  const shape = shapeOf(context, value, kind, constructor, tag, inherited, level, inTypedArray);
  if (shape.whole !== undefined) return shape.whole;
  if (context.isTooDeep(level)) {
    const name = prefixOf(constructor, tag, kind === kinds.ARRAY ? 'Array' : 'Object').slice(0, -1);
    return context.stylize(constructor === null ? name : `[${name}]`, 'special');
  }
  return formatParts(context, value, level + 1, constructor, tag, inherited, shape);
}

function formatParts(context, value, level, constructor, tag, inherited, shape) {
  const { keys, type } = shape;
  const { indentation } = context;
  let parts;
  context.seen.push(value);
  context.lastLevel = level;
  try {
    parts = shape.contents(context, value, level, keys);
    for (let i = 0; i < keys.length; i++) parts.push(formatProperty(context, value, level, keys[i], type));
    if (inherited !== undefined) {
      for (const key of inherited) parts.push(formatProperty(context, value, level, key, type, true));
    }
  } catch (error) {
    if (!require('internal/errors').isStackOverflowError(error)) throw error;
    context.seen.pop();
    context.indentation = indentation;
    const name = prefixOf(constructor, tag, 'Object').slice(0, -1);
    const why = 'Inspection interrupted prematurely. Maximum call stack size exceeded.';
    return context.stylize(`[${name}: ${why}]`, 'special');
  }
  context.seen.pop();

  let { base, opening } = shape;
  const number = context.circular?.get(value);
  if (number !== undefined) {
    const reference = context.stylize(`<ref *${number}>`, 'special');
    if (context.compact === true) opening = `${reference} ${opening}`;
    else base = base === '' ? reference : `${reference} ${base}`;
  }
  if (context.sorted) sortParts(context, parts, type, keys.length);
  const text = arrange(context, parts, base, opening, shape.closing, type, level, type === kItems ? value : undefined);
  context.spend(text.length);
  return text;
}

/** Sorts the properties; the items of a list stay where they are. */
function sortParts(context, parts, type, keyCount) {
  const order = context.sorted === true ? undefined : context.sorted;
  if (type === kProperties) {
    parts.sort(order);
  } else if (keyCount > 1) {
    parts.push(...parts.splice(parts.length - keyCount).sort(order));
  }
}

function formatKey(context, key, isEnumerable) {
  if (typeof key === 'symbol') {
    const text = context.stylize(escapeControl(Symbol.prototype.toString.call(key)), 'symbol');
    return isEnumerable ? text : `[${text}]`;
  }
  if (key === '__proto__') return "['__proto__']";
  const isPlain = PLAIN_KEY.test(key);
  if (isEnumerable) return isPlain ? context.stylize(key, 'name') : context.stylize(quote(key), 'string');
  return `[${isPlain ? key : quote(key)}]`;
}

/** An item of an array. */
function formatItem(context, array, level, key) {
  const descriptor = getOwnPropertyDescriptor(array, key);
  if (descriptor.value === undefined) return formatAccessor(context, array, level, descriptor);
  context.indentation += 2;
  const text = formatValue(context, descriptor.value, level);
  context.indentation -= 2;
  return text;
}

/** `key: value`. `isInherited` says that the key is one of a prototype. */
function formatProperty(context, object, level, key, type = kProperties, isInherited = false) {
  const descriptor = getOwnPropertyDescriptor(object, key) ?? inheritedDescriptor(object, key);
  let text;
  let space = ' ';
  if (descriptor.value !== undefined) {
    const indent = context.compact !== true || type !== kProperties ? 2 : 3;
    context.indentation += indent;
    text = formatValue(context, descriptor.value, level);
    if (indent === 3 && context.breakLength < require('internal/util/width').textWidth(text, context.colors)) {
      space = `\n${' '.repeat(context.indentation)}`;
    }
    context.indentation -= indent;
  } else {
    text = formatAccessor(context, object, level, descriptor);
  }
  return `${formatKey(context, key, descriptor.enumerable && !isInherited)}:${space}${text}`;
}

function inheritedDescriptor(object, key) {
  for (let at = Object.getPrototypeOf(object); at !== null; at = Object.getPrototypeOf(at)) {
    const descriptor = getOwnPropertyDescriptor(at, key);
    if (descriptor === undefined) continue;
    // Built-in accessors (`byteLength`) stand for their values.
    if (descriptor.get !== undefined && ArrayBuffer.prototype.isPrototypeOf(object)) break;
    if (descriptor.get !== undefined && (ArrayBuffer.isView(object) || isShared(object))) break;
    return descriptor;
  }
  return { value: object[key], enumerable: false };
}

function isShared(object) {
  return kindOf(object) === kinds.SHARED_ARRAY_BUFFER;
}

/** A property without a value: what it has instead, or with `getters` what the getter returns. */
function formatAccessor(context, object, level, descriptor) {
  const { stylize, getters } = context;
  if (descriptor.get === undefined) {
    return descriptor.set === undefined ? stylize('undefined', 'undefined') : stylize('[Setter]', 'special');
  }
  const label = descriptor.set === undefined ? 'Getter' : 'Getter/Setter';
  const wanted = getters === true || getters === (descriptor.set === undefined ? 'get' : 'set');
  if (!wanted) return stylize(`[${label}]`, 'special');
  const start = stylize(`[${label}:`, 'special');
  const end = stylize(']', 'special');
  context.indentation += 2;
  try {
    const value = descriptor.get.call(object);
    if (value === null) return `${start} ${stylize('null', 'null')}${end}`;
    if (typeof value === 'object') return `${stylize(`[${label}]`, 'special')} ${formatValue(context, value, level)}`;
    return `${start} ${formatPrimitive(stylize, value, context)}${end}`;
  } catch (error) {
    return `${start} <Inspection threw (${formatValue(context, error, level)})>${end}`;
  } finally {
    context.indentation -= 2;
  }
}
