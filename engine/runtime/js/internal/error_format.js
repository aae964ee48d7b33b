'use strict';

// The phrases that Node's error messages are made of: lists, kinds of values, numbers with separators.
// What they look like is seen in the messages of https://nodejs.org/api/errors.html.

// `typeof` names that a caller may expect, written as in the message.
const PRIMITIVE_KINDS = new Set([
  'string',
  'function',
  'number',
  'object',
  'Function',
  'Object',
  'boolean',
  'bigint',
  'symbol',
]);
const CLASS_NAME = /^[A-Z][a-zA-Z0-9]*$/;

const RECEIVED_STRING_MAX = 28;
const RECEIVED_STRING_KEPT = 25;
const RECEIVED_VALUE_MAX = 128;

// Loaded when a message first needs it: `inspect` itself throws errors from here.
function inspect(value, options) {
  return require('internal/util/inspect').inspect(value, options);
}

/** `a`, `a or b`, `a, b, or c`. */
function formatList(items, word = 'and') {
  const all = Array.from(items);
  if (all.length < 3) return all.join(` ${word} `);
  const last = all.pop();
  return `${all.join(', ')}, ${word} ${last}`;
}

/** What came instead of what was asked for: `null`, `function f`, `an instance of Map`, `type number (5)`. */
function determineSpecificType(value) {
  switch (typeof value) {
    case 'undefined':
      return 'undefined';
    case 'string': {
      const shown = value.length > RECEIVED_STRING_MAX ? `${value.slice(0, RECEIVED_STRING_KEPT)}...` : value;
      return `type string (${shown.includes("'") ? JSON.stringify(shown) : `'${shown}'`})`;
    }
    case 'number':
      return `type number (${Object.is(value, -0) ? '-0' : value})`;
    case 'bigint':
      return `type bigint (${value}n)`;
    case 'boolean':
      return `type boolean (${value})`;
    case 'symbol':
      return `type symbol (${String(value)})`;
    case 'function':
      return `function ${value.name}`;
    default:
  }
  if (value === null) return 'null';
  const name = value.constructor?.name;
  return name ? `an instance of ${name}` : inspect(value, { depth: -1 });
}

/** A value of any type inside a message, as `%s` of `util.format` shows it. */
function shown(value) {
  return typeof value === 'string' ? value : require('internal/util/inspect').format('%s', value);
}

/** The value as `inspect` shows it, cut after 128 characters. */
function inspectShort(value) {
  const text = inspect(value);
  return text.length > RECEIVED_VALUE_MAX ? `${text.slice(0, RECEIVED_VALUE_MAX)}...` : text;
}

/** Groups of three from the right: `4294967297` becomes `4_294_967_297` (and, as in Node, `1e+21` becomes `1e_+21`). */
function addNumericSeparators(digits) {
  const first = digits.startsWith('-') ? 1 : 0;
  let end = digits.length;
  let grouped = '';
  for (; end >= first + 4; end -= 3) grouped = `_${digits.slice(end - 3, end)}${grouped}`;
  return digits.slice(0, end) + grouped;
}

/** A value out of range; integers beyond 32 bits are easier to read in groups. */
function formatOutOfRange(value) {
  if (Number.isInteger(value) && Math.abs(value) > 2 ** 32) return addNumericSeparators(String(value));
  if (typeof value === 'bigint') {
    const large = value > 2n ** 32n || value < -(2n ** 32n);
    return `${large ? addNumericSeparators(String(value)) : value}n`;
  }
  return inspect(value);
}

/** The subject of a message: `The "x" argument`, `The "x.y" property`, or a name that says so itself. */
function formatSubject(name) {
  if (name.endsWith(' argument')) return `The ${name}`;
  return `The "${name}" ${name.includes('.') ? 'property' : 'argument'}`;
}

/** `of type string or an instance of Buffer`: what `ERR_INVALID_ARG_TYPE` asks for. */
function formatExpected(expected) {
  const types = [];
  const instances = [];
  const others = [];
  for (const item of Array.isArray(expected) ? expected : [expected]) {
    if (PRIMITIVE_KINDS.has(item)) types.push(item.toLowerCase());
    else if (CLASS_NAME.test(item)) instances.push(item);
    else others.push(item);
  }
  // Beside classes, "object" reads better as one more class.
  const object = instances.length > 0 ? types.indexOf('object') : -1;
  if (object !== -1) {
    types.splice(object, 1);
    instances.push('Object');
  }

  const parts = [];
  if (types.length > 0)
    parts.push(`${types.length > 1 ? 'one of type' : 'of type'} ${formatList(types, 'or')}`);
  if (instances.length > 0) parts.push(`an instance of ${formatList(instances, 'or')}`);
  if (others.length > 1) parts.push(`one of ${formatList(others, 'or')}`);
  else if (others.length === 1) {
    const [other] = others;
    parts.push(other.toLowerCase() === other ? other : `an ${other}`);
  }
  return parts.join(' or ');
}

/** The whole message of `ERR_INVALID_ARG_TYPE`. */
function formatInvalidArgType(name, expected, actual) {
  return `${formatSubject(name)} must be ${formatExpected(expected)}. Received ${determineSpecificType(actual)}`;
}

module.exports = {
  addNumericSeparators,
  determineSpecificType,
  formatInvalidArgType,
  formatList,
  formatOutOfRange,
  inspectShort,
  shown,
};
