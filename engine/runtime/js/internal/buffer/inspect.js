'use strict';

// How a Buffer looks in `util.inspect` (https://nodejs.org/api/buffer.html#bufferinspect_max_bytes).

const { HEX } = require('internal/buffer/encodings');
const { validateNumber } = require('internal/validators');

let maxBytes = 50;

/** `buffer.INSPECT_MAX_BYTES`. */
function getMaxBytes() {
  return maxBytes;
}

function setMaxBytes(value) {
  validateNumber(value, 'INSPECT_MAX_BYTES', 0);
  maxBytes = value;
}

/** Properties other than the bytes, as `inspect` shows those of an object. */
function extraText(buffer, context) {
  const keys = ops.util_names(buffer, !context.showHidden);
  if (keys.length === 0) return '';
  const object = { __proto__: null };
  for (const key of keys) object[key] = buffer[key];
  const { inspect } = require('internal/util/inspect');
  const text = inspect(object, { ...context, breakLength: Infinity, compact: true });
  // Without the name of the class and the braces.
  return text.slice(text.indexOf('{') + 2, -2);
}

function inspect(recurseTimes, context) {
  const shown = Math.min(maxBytes, this.length);
  let text = ops.buffer_slice(this, HEX, 0, shown).replace(/(.{2})/g, '$1 ').trim();
  const rest = this.length - maxBytes;
  if (rest > 0) text += ` ... ${rest} more byte${rest > 1 ? 's' : ''}`;
  if (context) {
    const extra = extraText(this, context);
    if (extra !== '') text += `${this.length === 0 ? '' : ', '}${extra}`;
  }
  return `<${this.constructor.name} ${text}>`;
}

module.exports = { getMaxBytes, inspect, setMaxBytes };
