'use strict';

// Properties of objects and items of arrays as `util.inspect` shows them.

const { kProperties } = require('internal/util/inspect/layout');
const { escapeControl, formatPrimitive, quote } = require('internal/util/inspect/primitives');
const { formatValue } = require('internal/util/inspect/value');

const { getOwnPropertyDescriptor } = Object;
const PLAIN_KEY = /^[a-zA-Z_][a-zA-Z_0-9]*$/;

/** A detail of a buffer or view, which stands on its prototype. */
function formatDetail(context, value, level, key, inTypedArray) {
  return `${context.stylize(`[${key}]`, 'string')}: ${formatValue(context, value[key], level, inTypedArray)}`;
}

/** Whether a key stands without quotes. Most are short, which are looked through faster without the expression. */
function isIdentifier(key) {
  const { length } = key;
  if (length > 16) return PLAIN_KEY.test(key);
  for (let i = 0; i < length; i++) {
    const code = key.charCodeAt(i);
    const isLetter = (code | 0x20) >= 0x61 && (code | 0x20) <= 0x7a;
    if (!isLetter && code !== 0x5f && (i === 0 || code < 0x30 || code > 0x39)) return false;
  }
  return length > 0;
}

function formatKey(context, key, isEnumerable) {
  if (typeof key === 'symbol') {
    const text = context.stylize(escapeControl(Symbol.prototype.toString.call(key)), 'symbol');
    return isEnumerable ? text : `[${text}]`;
  }
  if (key === '__proto__') return "['__proto__']";
  const isPlain = isIdentifier(key);
  const shown = isPlain ? context.stylize(key, 'name') : context.stylize(quote(key), 'string');
  return isEnumerable ? shown : `[${shown}]`;
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
  const line = `${formatKey(context, key, descriptor.enumerable)}:${space}${text}`;
  return isInherited && context.colors ? `\u001b[2m${line}\u001b[22m` : line;
}

function inheritedDescriptor(object, key) {
  for (let at = Object.getPrototypeOf(object); at !== null; at = Object.getPrototypeOf(at)) {
    const descriptor = getOwnPropertyDescriptor(at, key);
    if (descriptor !== undefined) return descriptor;
  }
  return { value: object[key], enumerable: true };
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
    if (typeof value === 'object' || typeof value === 'function') {
      return `${stylize(`[${label}]`, 'special')} ${formatValue(context, value, level)}`;
    }
    return `${start} ${formatPrimitive(stylize, value, context)}${end}`;
  } catch (error) {
    return `${start} <Inspection threw (${formatValue(context, error, level)})>${end}`;
  } finally {
    context.indentation -= 2;
  }
}

module.exports = { formatDetail, formatItem, formatProperty };
