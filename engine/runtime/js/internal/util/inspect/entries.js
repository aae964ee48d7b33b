'use strict';

// What stands inside of lists, maps, sets, buffers and the like, one text per part.

const { formatDetail, formatItem, formatProperty } = require('internal/util/inspect/properties');
const { formatValue } = require('internal/util/inspect/value');
const { arrange, kItems } = require('internal/util/inspect/layout');
const { lengthOf, mapSize, setSize } = require('internal/util/inspect/slots');
const { formatBigInt, formatNumber } = require('internal/util/inspect/primitives');

const { hasOwn } = Object;
const forEachOfMap = Map.prototype.forEach;
const forEachOfSet = Set.prototype.forEach;
const TYPED_ARRAY_DETAILS = ['BYTES_PER_ELEMENT', 'length', 'byteLength', 'byteOffset', 'buffer'];
const HEX_DIGITS = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

function moreItems(count) {
  return `... ${count} more item${count > 1 ? 's' : ''}`;
}

/** How many of `length` items may be shown. */
function shownCount(context, length) {
  return Math.min(Math.max(0, context.maxArrayLength), length);
}

/** An array with holes. */
function sparseItems(context, array, count, parts, start, level) {
  const keys = Object.keys(array);
  let index = start;
  for (let i = start; i < keys.length && parts.length < count; i++) {
    const key = keys[i];
    const position = Number(key);
    // Keys that are no index come last.
    if (!(position < 2 ** 32 - 1) || String(position) !== key) break;
    if (position !== index) {
      pushHoles(context, parts, position - index);
      index = position;
      if (parts.length === count) break;
    }
    parts.push(formatItem(context, array, level, key));
    index += 1;
  }
  const rest = array.length - index;
  if (parts.length !== count) {
    if (rest > 0) pushHoles(context, parts, rest);
  } else if (rest > 0) {
    parts.push(moreItems(rest));
  }
  return parts;
}

function pushHoles(context, parts, count) {
  parts.push(context.stylize(`<${count} empty item${count > 1 ? 's' : ''}>`, 'undefined'));
}

/** The items of an array. */
function arrayItems(context, array, level) {
  const { length } = array;
  const count = shownCount(context, length);
  const parts = [];
  for (let i = 0; i < count; i++) {
    if (!hasOwn(array, i)) return sparseItems(context, array, count, parts, i, level);
    parts.push(formatItem(context, array, level, i));
  }
  if (length > count) parts.push(moreItems(length - count));
  return parts;
}

/** The numbers of a typed array, with `showHidden` also what it is a view of. */
function typedArrayItems(context, array, level) {
  const length = lengthOf(array);
  const count = shownCount(context, length);
  const format = length > 0 && typeof array[0] === 'bigint' ? formatBigInt : formatNumber;
  const parts = new Array(count);
  for (let i = 0; i < count; i++) parts[i] = format(context.stylize, array[i], context.numericSeparator);
  if (length > count) parts.push(moreItems(length - count));
  if (context.showHidden) {
    context.indentation += 2;
    for (const key of TYPED_ARRAY_DETAILS) {
      parts.push(formatDetail(context, array, level, key, true));
    }
    context.indentation -= 2;
  }
  return parts;
}

/** The bytes of an ArrayBuffer. */
function bufferContents(context, buffer) {
  let bytes;
  try {
    if (buffer.detached) return [context.stylize('(detached)', 'special')];
    bytes = new Uint8Array(buffer);
  } catch {
    return [context.stylize('(detached)', 'special')];
  }
  const count = shownCount(context, bytes.length);
  const digits = new Array(count);
  for (let i = 0; i < count; i++) digits[i] = HEX_DIGITS[bytes[i]];
  let text = digits.join(' ');
  const rest = bytes.length - count;
  if (rest > 0) text += ` ... ${rest} more byte${rest > 1 ? 's' : ''}`;
  return [`${context.stylize('[Uint8Contents]', 'special')}: <${text}>`];
}

/** The members of a set. */
function setItems(context, set, level) {
  const count = shownCount(context, setSize(set));
  const parts = [];
  context.indentation += 2;
  let seen = 0;
  forEachOfSet.call(set, (item) => {
    if (seen++ < count) parts.push(formatValue(context, item, level));
  });
  if (seen > count) parts.push(moreItems(seen - count));
  context.indentation -= 2;
  return parts;
}

/** `key => value` of a map. */
function mapItems(context, map, level) {
  const count = shownCount(context, mapSize(map));
  const parts = [];
  context.indentation += 2;
  let seen = 0;
  forEachOfMap.call(map, (item, key) => {
    if (seen++ >= count) return;
    parts.push(`${formatValue(context, key, level)} => ${formatValue(context, item, level)}`);
  });
  if (seen > count) parts.push(moreItems(seen - count));
  context.indentation -= 2;
  return parts;
}

/** Entries of a list that V8 looked into: `pair` says what a key and a value become. */
function previewed(context, entries, size, format, isUnordered) {
  const length = entries.length / size;
  const count = shownCount(context, length);
  const parts = [];
  context.indentation += 2;
  for (let i = 0; i < count; i++) parts.push(format(entries[i * size], entries[i * size + 1]));
  context.indentation -= 2;
  // What is collected at any time has no order of its own.
  if (isUnordered && !context.sorted) parts.sort();
  if (length > count) parts.push(moreItems(length - count));
  return parts;
}

/** What is still to come from an iterator of a map or set; whether these are pairs is known to the caller. */
function iteratorItems(context, entries, isPairs, level) {
  const show = (item) => formatValue(context, item, level);
  if (!isPairs) return previewed(context, entries, 1, show, false);
  const pair = (key, item) =>
    arrange(context, [show(key), show(item)], '', '[', ']', kItems, level, undefined);
  return previewed(context, entries, 2, pair, false);
}

/** The members of a WeakSet. */
function weakSetItems(context, set, level) {
  const [entries] = ops.util_preview(set);
  return previewed(context, entries, 1, (item) => formatValue(context, item, level), true);
}

/** The entries of a WeakMap. */
function weakMapItems(context, map, level) {
  const [entries] = ops.util_preview(map);
  const show = (item) => formatValue(context, item, level);
  return previewed(context, entries, 2, (key, item) => `${show(key)} => ${show(item)}`, true);
}

/** The state of a promise. */
function promiseState(context, promise, level) {
  const settled = ops.util_promise(promise);
  if (settled === undefined) return [context.stylize('<pending>', 'special')];
  const [fulfilled, result] = settled;
  context.indentation += 2;
  const shown = formatValue(context, result, level);
  context.indentation -= 2;
  return [fulfilled ? shown : `${context.stylize('<rejected>', 'special')} ${shown}`];
}

/** The exports of a module; those that have no value yet say so. `keys` are emptied. */
function moduleExports(context, namespace, level, keys) {
  const parts = keys.map((key) => {
    try {
      return formatProperty(context, namespace, level, key);
    } catch (error) {
      if (!(error instanceof ReferenceError)) throw error;
      const text = formatProperty(context, { [key]: '' }, level, key);
      return text.slice(0, text.lastIndexOf(' ') + 1) + context.stylize('<uninitialized>', 'special');
    }
  });
  keys.length = 0;
  return parts;
}

module.exports = {
  arrayItems,
  bufferContents,
  iteratorItems,
  mapItems,
  moduleExports,
  promiseState,
  setItems,
  typedArrayItems,
  weakMapItems,
  weakSetItems,
};
