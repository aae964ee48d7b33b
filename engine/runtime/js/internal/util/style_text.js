'use strict';

// `util.styleText` (https://nodejs.org/api/util.html#utilstyletextformat-text-options).

const { codes } = require('internal/errors');
const { colors } = require('internal/util/inspect/options');
const { validateBoolean, validateObject, validateOneOf, validateString } = require('internal/validators');

const HEX_COLOR = /^#(?:[\da-f]{3}|[\da-f]{6})$/i;
const RESET_FOREGROUND = 39;
const END_OF_BOLD_AND_DIM = 22;

function sequence(code) {
  return `\u001b[${code}m`;
}

/** Codes before and after the text; undefined for `none`. */
function codesOf(format) {
  if (format === 'none') return undefined;
  if (typeof format === 'string' && format.startsWith('#')) {
    if (!HEX_COLOR.test(format)) {
      throw new codes.ERR_INVALID_ARG_VALUE('format', format, 'must be a valid hex color (#RGB or #RRGGBB)');
    }
    const digits = format.length === 4 ? format.slice(1).replace(/./g, '$&$&') : format.slice(1);
    const parts = [0, 2, 4].map((at) => Number.parseInt(digits.slice(at, at + 2), 16));
    return [`38;2;${parts.join(';')}`, RESET_FOREGROUND];
  }
  const found = colors[format];
  if (found === undefined) validateOneOf(format, 'format', Object.getOwnPropertyNames(colors));
  return found;
}

function checkStream(stream) {
  const isStream =
    stream !== null &&
    typeof stream === 'object' &&
    (typeof stream.write === 'function' ||
      typeof stream.pipe === 'function' ||
      typeof stream.getReader === 'function' ||
      typeof stream.getWriter === 'function');
  if (!isStream) {
    throw new codes.ERR_INVALID_ARG_TYPE('stream', ['ReadableStream', 'WritableStream', 'Stream'], stream);
  }
}

/** The text between the escape sequences of one format or several. */
function styleText(format, text, options = {}) {
  validateString(text, 'text');
  validateObject(options, 'options');
  const { validateStream = true, stream = process.stdout } = options;
  validateBoolean(validateStream, 'options.validateStream');
  let withColors = true;
  if (validateStream) {
    checkStream(stream);
    withColors = require('internal/util/colors').shouldColorize(stream);
  }

  let before = '';
  let after = '';
  for (const each of Array.isArray(format) ? format : [format]) {
    const found = codesOf(each);
    if (found === undefined || !withColors) continue;
    const [open, close] = found.map(sequence);
    // What a styled part of the text ends, goes on behind it.
    const again = found[1] === END_OF_BOLD_AND_DIM ? close + open : open;
    const end = text.endsWith(close) ? close : '';
    text = text.slice(0, text.length - end.length).replaceAll(close, again) + end;
    before += open;
    after = close + after;
  }
  return before + text + after;
}

module.exports = { styleText };
