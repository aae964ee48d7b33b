'use strict';

// Strings, numbers and other primitives as `util.inspect` shows them.

const { stylizeNoColor } = require('internal/util/inspect/options');

// A line of a long string is at least this long, however deep it stands.
const SHORTEST_LINE = 16;

// Control characters, the single quote, the backslash and surrogates without their partner.
const NEEDS_ESCAPE =
  /[\x00-\x1f\x27\x5c\x7f-\x9f]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;
const ESCAPES = new RegExp(NEEDS_ESCAPE, 'g');
const ESCAPES_BUT_QUOTE = new RegExp(NEEDS_ESCAPE.source.replace('\\x27', ''), 'g');

const SHORT_ESCAPES = {
  __proto__: null,
  '\b': '\\b',
  '\t': '\\t',
  '\n': '\\n',
  '\f': '\\f',
  '\r': '\\r',
  "'": "\\'",
  '\\': '\\\\',
};

function escapeOne(character) {
  const short = SHORT_ESCAPES[character];
  if (short !== undefined) return short;
  const code = character.charCodeAt(0);
  if (code > 0xff) return `\\u${code.toString(16)}`;
  return `\\x${code.toString(16).toUpperCase().padStart(2, '0')}`;
}

// Texts up to this length are looked through here, which is faster than an expression for as long as they are short.
const SHORT = 24;

/** Whether a text may have something to escape; what it says of short texts is right but for what is not ASCII. */
function mayNeedEscape(text) {
  if (text.length > SHORT) return true;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code < 0x20 || code === 0x27 || code === 0x5c || code > 0x7e) return true;
  }
  return false;
}

/** The text in quotes that it does not contain, if there are such, and with everything escaped that cannot be seen. */
function quote(text) {
  if (!mayNeedEscape(text) || !NEEDS_ESCAPE.test(text)) return `'${text}'`;
  let mark = "'";
  if (text.includes("'")) {
    if (!text.includes('"')) mark = '"';
    else if (!text.includes('`') && !text.includes('${')) mark = '`';
  }
  return `${mark}${text.replace(mark === "'" ? ESCAPES : ESCAPES_BUT_QUOTE, escapeOne)}${mark}`;
}

/** Groups of three from the left, for what stands behind the point. */
function groupFraction(digits) {
  let grouped = '';
  let start = 0;
  for (; start + 3 < digits.length; start += 3) grouped += `${digits.slice(start, start + 3)}_`;
  return grouped + digits.slice(start);
}

function separated(number) {
  const text = Object.is(number, -0) ? '-0' : String(number);
  if (!Number.isFinite(number) || text.includes('e')) return text;
  const { addNumericSeparators } = require('internal/error_format');
  const point = text.indexOf('.');
  if (point === -1) return addNumericSeparators(text);
  return `${addNumericSeparators(text.slice(0, point))}.${groupFraction(text.slice(point + 1))}`;
}

/** A number; the minus of `-0` is shown. */
function formatNumber(stylize, number, numericSeparator) {
  if (numericSeparator) return stylize(separated(number), 'number');
  return stylize(number === 0 && 1 / number < 0 ? '-0' : `${number}`, 'number');
}

/** A BigInt with its `n`. */
function formatBigInt(stylize, number, numericSeparator) {
  const text = String(number);
  const digits = numericSeparator ? require('internal/error_format').addNumericSeparators(text) : text;
  return stylize(`${digits}n`, 'bigint');
}

function formatString(stylize, text, context) {
  let trailer = '';
  if (text.length > context.maxStringLength) {
    const rest = text.length - context.maxStringLength;
    text = text.slice(0, context.maxStringLength);
    trailer = `... ${rest} more character${rest > 1 ? 's' : ''}`;
  }
  if (
    context.compact !== true &&
    text.length > SHORTEST_LINE &&
    text.length > context.breakLength - context.indentation - 4 &&
    text.includes('\n')
  ) {
    const lines = text.split(/(?<=\n)/).map((line) => stylize(quote(line), 'string'));
    return lines.join(` +\n${' '.repeat(context.indentation + 2)}`) + trailer;
  }
  return stylize(quote(text), 'string') + trailer;
}

/** Any value that is neither an object nor a function nor null. */
function formatPrimitive(stylize, value, context) {
  switch (typeof value) {
    case 'string':
      return formatString(stylize, value, context);
    case 'number':
      return formatNumber(stylize, value, context.numericSeparator);
    case 'bigint':
      return formatBigInt(stylize, value, context.numericSeparator);
    case 'boolean':
      return stylize(`${value}`, 'boolean');
    case 'undefined':
      return stylize('undefined', 'undefined');
    default:
      return stylize(Symbol.prototype.toString.call(value), 'symbol');
  }
}

/** What `inspect` shows without options and colours, for the values that have nothing to look into. */
function inspectPrimitive(value, context) {
  return formatPrimitive(stylizeNoColor, value, context);
}

/** The text with everything escaped that would disturb a line, for symbols in the place of keys. */
function escapeControl(text) {
  return text.replace(ESCAPES, escapeOne);
}

module.exports = { escapeControl, formatBigInt, formatNumber, formatPrimitive, inspectPrimitive, quote };
