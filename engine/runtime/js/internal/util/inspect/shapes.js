'use strict';

// How objects of each kind are shown: what stands before their parts and around them, and how the parts are made.

const entries = require('internal/util/inspect/entries');
const { kItems, kProperties } = require('internal/util/inspect/layout');
const { keysOf, prefixOf } = require('internal/util/inspect/names');
const { stylizeNoColor } = require('internal/util/inspect/options');
const { formatNumber, formatPrimitive } = require('internal/util/inspect/primitives');
const { formatDetail } = require('internal/util/inspect/properties');
const { lengthOf, mapSize, setSize } = require('internal/util/inspect/slots');
const { formatValue } = require('internal/util/inspect/value');
const { kinds } = require('internal/util/kinds');

const { getOwnPropertyDescriptor, getPrototypeOf } = Object;
const typedArrayTag = getOwnPropertyDescriptor(getPrototypeOf(Uint8Array.prototype), Symbol.toStringTag).get;

const BOXES = {
  __proto__: null,
  [kinds.NUMBER]: ['Number', Number.prototype.valueOf],
  [kinds.STRING]: ['String', String.prototype.valueOf],
  [kinds.BOOLEAN]: ['Boolean', Boolean.prototype.valueOf],
  [kinds.BIGINT]: ['BigInt', BigInt.prototype.valueOf],
  [kinds.SYMBOL]: ['Symbol', Symbol.prototype.valueOf],
};

/** How one object is shown: what stands before its parts, around them, and how they are made. */
class Shape {
  // Fields, because an assignment would meet setters of Object.prototype's.
  base = '';
  opening = '{';
  closing = '}';
  type = kProperties;
  /** `(context, value, level, keys) → parts`. */
  contents = noContents;
  /** The whole text, when there is nothing inside. */
  whole = undefined;

  constructor(keys) {
    this.keys = keys;
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

/** `contents` of a buffer or view: details, and what comes before them. */
function withDetails(names, before) {
  return (context, value, level) => {
    const parts = before(context, value);
    context.indentation += 2;
    for (const key of names) parts.push(formatDetail(context, value, level, key));
    context.indentation -= 2;
    return parts;
  };
}

/** The buffer of a typed array whose items are shown already. */
function bareBuffer(context, value, level) {
  return [`[byteLength]: ${formatValue(context, value.byteLength, level)}`];
}

const shownBuffer = withDetails(['byteLength'], entries.bufferContents);
const dataView = withDetails(['byteLength', 'byteOffset', 'buffer'], noContents);

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

// Loaded with the first function that is shown, and kept: looking it up costs as much as describing it.
let describeFunction;

/** Shapes of what is one text itself: functions, errors, dates, regular expressions, boxed values. */
function textShape(context, value, kind, constructor, tag, inherited, shape, level) {
  const { keys } = shape;
  let style;
  if (kind >= kinds.FUNCTION) {
    describeFunction ??= require('internal/util/inspect/functions').describeFunction;
    shape.base = describeFunction(value, kind, constructor, tag);
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
    // In its colours also when properties follow.
    shape.base = context.stylize(shape.base, 'regexp');
    if (context.isTooDeep(level) || isEmpty(keys, inherited)) shape.whole = shape.base;
    return;
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
  if (kind === kinds.ARGUMENTS && constructor === 'Object') {
    shape.opening = '[Arguments] {';
  } else if (constructor !== 'Object' || tag !== '') {
    // Without a tag the engine knows a name.
    const fallback = constructor === null && tag === '' ? ops.util_constructor_name(value) : 'Object';
    shape.opening = `${prefixOf(constructor, tag, fallback)}{`;
  }
  if (isEmpty(keys, inherited)) shape.whole = `${shape.opening}}`;
}

function isIterable(kind) {
  return (
    (kind >= kinds.ARRAY && kind <= kinds.TYPED_ARRAY && kind !== kinds.PROXY) ||
    kind === kinds.MAP_ITERATOR ||
    kind === kinds.SET_ITERATOR
  );
}

/** The kind that an object is shown as: what lost its class's methods is shown as a plain object. */
function shownKind(value, kind, constructor) {
  if (kind === kinds.PLAIN || kind >= kinds.FUNCTION || constructor === null) return kind;
  if (isIterable(kind)) return Symbol.iterator in value ? kind : kinds.PLAIN;
  return constructor === 'Object' && kind !== kinds.ARGUMENTS ? kinds.PLAIN : kind;
}

/** The shape of an object that is no proxy. `inherited` are keys of its prototypes that are shown, too. */
function shapeOf(context, value, kind, constructor, tag, inherited, level, inTypedArray) {
  kind = shownKind(value, kind, constructor);
  if (kind === kinds.ARRAY || kind === kinds.TYPED_ARRAY) {
    return listShape(context, value, kind, constructor, tag, inherited);
  }
  const shape = new Shape(keysOf(value, context.showHidden));
  const { keys } = shape;
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
      shape.contents = inTypedArray ? bareBuffer : shownBuffer;
      // Behind a typed array it is one word, whatever the options say about lines.
      if (inTypedArray && isEmpty(keys, inherited)) {
        const length = formatNumber(context.stylize, value.byteLength, false);
        shape.whole = `${shape.opening} [byteLength]: ${length} }`;
      }
      return shape;
    }
    case kinds.DATA_VIEW:
      shape.opening = `${prefixOf(constructor, tag, 'DataView')}{`;
      shape.contents = dataView;
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

module.exports = { shapeOf };
