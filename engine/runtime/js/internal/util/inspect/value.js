'use strict';

// The heart of `util.inspect`: any value to text, going into objects.

// The files below need this while this one is still being loaded.
module.exports = { formatValue };

const { arrange, kItems, kProperties } = require('internal/util/inspect/layout');
const { constructorName, prefixOf } = require('internal/util/inspect/names');
const { formatPrimitive } = require('internal/util/inspect/primitives');
const { formatProperty } = require('internal/util/inspect/properties');
const { standIns } = require('internal/util/inspect/stand_ins');
const { shapeOf } = require('internal/util/inspect/shapes');
const { kindOf, kinds } = require('internal/util/kinds');

const { hasOwn } = Object;
const kCustom = Symbol.for('nodejs.util.inspect.custom');

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
  // What it says itself knows nothing of where it stands; an object it gave instead is indented as any other.
  if (typeof result === 'object') return formatValue(context, result, level);
  return String(result).replaceAll('\n', `\n${' '.repeat(context.indentation)}`);
}

/** A proxy: what it stands for, or with `showProxy` its parts. None of its traps run. */
function formatProxy(context, proxy, level) {
  const { stylize } = context;
  const standIn = standIns.get(proxy);
  if (standIn !== undefined) return formatValue(context, standIn(), level);
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
  let tag;
  try {
    tag = value[Symbol.toStringTag];
  } catch {
    return '';
  }
  if (typeof tag !== 'string' || tag === '') return '';
  // A tag that is shown as a property need not be said twice.
  const isShown = context.showHidden
    ? hasOwn(value, Symbol.toStringTag)
    : Object.prototype.propertyIsEnumerable.call(value, Symbol.toStringTag);
  return isShown ? '' : tag;
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
    const fallback = constructor === null && tag === '' ? ops.util_constructor_name(value) : 'Object';
    const name = prefixOf(constructor, tag, fallback).slice(0, -1);
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
