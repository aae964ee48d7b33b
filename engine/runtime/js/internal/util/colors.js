'use strict';

// Whether text for a stream may have colours, and the few colours that built-in modules use
// (https://nodejs.org/api/tty.html#writestreamgetcolordepthenv: NO_COLOR, NODE_DISABLE_COLORS and FORCE_COLOR).

/** Whether what is written to `stream` may have colours. */
function shouldColorize(stream) {
  if (process.env.FORCE_COLOR !== undefined) return require('internal/tty/color_depth').getColorDepth() > 2;
  if (!stream?.isTTY) return false;
  return typeof stream.getColorDepth === 'function' ? stream.getColorDepth() > 2 : true;
}

const NONE = { blue: '', gray: '', green: '', red: '', white: '' };
const ALL = {
  blue: '\u001b[34m',
  gray: '\u001b[90m',
  green: '\u001b[32m',
  red: '\u001b[31m',
  white: '\u001b[39m',
};

/** Escape sequences for `stream`, empty where it shows no colours; `white` is the terminal's own colour. */
function colorsFor(stream) {
  return shouldColorize(stream) ? ALL : NONE;
}

module.exports = { colorsFor, shouldColorize };
