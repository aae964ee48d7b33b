'use strict';

// `util.format` (https://nodejs.org/api/util.html#utilformatformat-args) and `util.formatWithOptions`.

const { formatBigInt, formatNumber } = require('internal/util/inspect/primitives');
const { stylizeNoColor } = require('internal/util/inspect/options');

// Characters behind a `%`.
const PERCENT = 0x25;
const LOWER_C = 0x63;
const LOWER_D = 0x64;
const LOWER_F = 0x66;
const LOWER_I = 0x69;
const LOWER_J = 0x6a;
const LOWER_O = 0x6f;
const UPPER_O = 0x4f;
const LOWER_S = 0x73;

// Loaded with the first value that is no string or number.
let inspectFunction;

function inspect(value, options) {
  inspectFunction ??= require('internal/util/inspect').inspect;
  return inspectFunction(value, options);
}

let circularMessage;

function isCircularError(error) {
  if (circularMessage === undefined) {
    const ring = {};
    ring.ring = ring;
    try {
      JSON.stringify(ring);
    } catch (thrown) {
      [circularMessage] = thrown.message.split('\n');
    }
  }
  return error?.name === 'TypeError' && String(error.message).split('\n')[0] === circularMessage;
}

function toJson(value) {
  try {
    return JSON.stringify(value);
  } catch (error) {
    if (isCircularError(error)) return '[Circular]';
    throw error;
  }
}

/** Whether an object turns into text by a function of the script's own. */
function hasOwnText(object) {
  const { isBuiltInName } = require('internal/util/inspect/names');
  let at = object;
  while (ops.util_is_proxy(at)) {
    [at] = ops.util_proxy(at);
    if (at === null) return false;
  }
  const byPrimitive = typeof at[Symbol.toPrimitive] === 'function';
  if (!byPrimitive && typeof at.toString !== 'function') return false;
  if (Object.hasOwn(at, byPrimitive ? Symbol.toPrimitive : 'toString')) return true;
  // Whose prototype has it?
  do {
    at = Object.getPrototypeOf(at);
    if (at === null) return false;
  } while (!Object.hasOwn(at, 'toString') && !Object.hasOwn(at, Symbol.toPrimitive));
  const descriptor = Object.getOwnPropertyDescriptor(at, 'constructor');
  return !(
    descriptor !== undefined &&
    typeof descriptor.value === 'function' &&
    isBuiltInName(descriptor.value.name)
  );
}

function asString(value, options) {
  switch (typeof value) {
    case 'string':
      return value;
    case 'number':
      return formatNumber(stylizeNoColor, value, options?.numericSeparator);
    case 'bigint':
      return formatBigInt(stylizeNoColor, value, options?.numericSeparator);
    case 'object':
      if (value !== null && !hasOwnText(value)) {
        return inspect(value, { ...options, depth: 0, colors: false, compact: 3 });
      }
      return String(value);
    default:
      return String(value);
  }
}

function asNumber(value, options, convert) {
  if (typeof value === 'bigint') return formatBigInt(stylizeNoColor, value, options?.numericSeparator);
  if (typeof value === 'symbol') return formatNumber(stylizeNoColor, NaN, false);
  return formatNumber(stylizeNoColor, convert(value), options?.numericSeparator);
}

function toInteger(value) {
  return typeof value === 'object' && value !== null ? NaN : Number.parseInt(value);
}

function toFloat(value) {
  return Number.parseFloat(value);
}

/** One `%x` with its value; undefined when there is no such thing. */
function placed(code, value, options) {
  switch (code) {
    case LOWER_S:
      return asString(value, options);
    case LOWER_D:
      return asNumber(value, options, Number);
    case LOWER_I:
      return asNumber(value, options, toInteger);
    case LOWER_F:
      return typeof value === 'symbol'
        ? formatNumber(stylizeNoColor, NaN, false)
        : formatNumber(stylizeNoColor, toFloat(value), options?.numericSeparator);
    case LOWER_J:
      return String(toJson(value));
    case LOWER_O:
      return inspect(value, { ...options, showHidden: true, showProxy: true, depth: 4 });
    case UPPER_O:
      return inspect(value, options ?? {});
    case LOWER_C:
      return '';
    default:
      return undefined;
  }
}

/** Fills the places of `pattern` from `args`, beginning with the second; [text, number of args used]. */
function fill(pattern, args, options) {
  let text = '';
  let copied = 0;
  let used = 1;
  const end = pattern.length - 1;
  for (let at = pattern.indexOf('%'); at !== -1 && at < end; at = pattern.indexOf('%', at)) {
    const code = pattern.charCodeAt(at + 1);
    if (code === PERCENT) {
      text += pattern.slice(copied, at + 1);
      at += 2;
      copied = at;
      continue;
    }
    const shown = used < args.length ? placed(code, args[used], options) : undefined;
    if (shown === undefined) {
      at += 1;
      continue;
    }
    text += pattern.slice(copied, at) + shown;
    used += 1;
    at += 2;
    copied = at;
  }
  return [copied === 0 ? pattern : text + pattern.slice(copied), used];
}

function formatAll(options, args) {
  const first = args[0];
  let text = '';
  let used = 0;
  if (typeof first === 'string') {
    if (args.length === 1) return first;
    if (first.includes('%')) {
      [text, used] = fill(first, args, options);
    } else {
      text = first;
      used = 1;
    }
  }
  for (; used < args.length; used++) {
    if (used > 0) text += ' ';
    const value = args[used];
    text += typeof value === 'string' ? value : options === undefined ? inspect(value) : inspect(value, options);
  }
  return text;
}

/** Fills the places in the first argument with the others, and appends the rest. */
function format(...args) {
  return formatAll(undefined, args);
}

/** The same with options of `inspect`. */
function formatWithOptions(inspectOptions, ...args) {
  if (typeof inspectOptions !== 'object' || inspectOptions === null) {
    const { codes } = require('internal/errors');
    throw new codes.ERR_INVALID_ARG_TYPE('inspectOptions', 'object', inspectOptions);
  }
  return formatAll(inspectOptions, args);
}

module.exports = { format, formatAll, formatWithOptions };
