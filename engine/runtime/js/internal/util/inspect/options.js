'use strict';

// The options of `util.inspect` and the colours (https://nodejs.org/api/util.html#utilinspectobject-options).

const { validateObject } = require('internal/validators');

const RESET_FOREGROUND = 39;
const RESET_BACKGROUND = 49;

/** What holds when nothing else is said; `util.inspect.defaultOptions`. */
const defaultOptions = Object.seal({
  showHidden: false,
  depth: 2,
  colors: false,
  customInspect: true,
  showProxy: false,
  maxArrayLength: 100,
  maxStringLength: 10000,
  breakLength: 80,
  compact: 3,
  sorted: false,
  getters: false,
  numericSeparator: false,
});

/** `util.inspect.defaultOptions = options`: changes the ones that are given. */
function setDefaultOptions(options) {
  validateObject(options, 'options');
  Object.assign(defaultOptions, options);
}

/** The codes before and after a text, by name; `util.inspect.colors`. */
const colors = {
  __proto__: null,
  reset: [0, 0],
  bold: [1, 22],
  dim: [2, 22],
  italic: [3, 23],
  underline: [4, 24],
  blink: [5, 25],
  inverse: [7, 27],
  hidden: [8, 28],
  strikethrough: [9, 29],
  doubleunderline: [21, 24],
};
const HUES = ['Black', 'Red', 'Green', 'Yellow', 'Blue', 'Magenta', 'Cyan', 'White'];
HUES.forEach((hue, i) => (colors[hue.toLowerCase()] = [30 + i, RESET_FOREGROUND]));
HUES.forEach((hue, i) => (colors[`bg${hue}`] = [40 + i, RESET_BACKGROUND]));
colors.framed = [51, 54];
colors.overlined = [53, 55];
colors.gray = [90, RESET_FOREGROUND];
HUES.slice(1).forEach((hue, i) => (colors[`${hue.toLowerCase()}Bright`] = [91 + i, RESET_FOREGROUND]));
colors.bgGray = [100, RESET_BACKGROUND];
HUES.slice(1).forEach((hue, i) => (colors[`bg${hue}Bright`] = [101 + i, RESET_BACKGROUND]));

const ALIASES = {
  gray: ['grey', 'blackBright'],
  bgGray: ['bgGrey', 'bgBlackBright'],
  dim: ['faint'],
  strikethrough: ['crossedout', 'strikeThrough', 'crossedOut'],
  hidden: ['conceal'],
  inverse: ['swapColors', 'swapcolors'],
  doubleunderline: ['doubleUnderline'],
};
for (const [name, others] of Object.entries(ALIASES)) {
  for (const alias of others) {
    Object.defineProperty(colors, alias, {
      __proto__: null,
      get() {
        return this[name];
      },
      set(value) {
        this[name] = value;
      },
      configurable: true,
      enumerable: false,
    });
  }
}

function highlightRegExp(text) {
  return require('internal/util/inspect/regexp').highlight(text, highlightRegExp.colors);
}
highlightRegExp.colors = ['green', 'red', 'yellow', 'cyan', 'magenta'];

/** Which colour for which kind of value; `util.inspect.styles`. */
const styles = {
  __proto__: null,
  special: 'cyan',
  number: 'yellow',
  bigint: 'yellow',
  boolean: 'yellow',
  undefined: 'grey',
  null: 'bold',
  string: 'green',
  symbol: 'green',
  date: 'magenta',
  regexp: highlightRegExp,
  module: 'underline',
};

/** The text in the colour of its kind. */
function stylizeWithColor(text, kind) {
  const style = styles[kind];
  if (style === undefined) return text;
  if (typeof style === 'function') return style(text);
  const color = colors[style];
  return color === undefined ? text : `\u001b[${color[0]}m${text}\u001b[${color[1]}m`;
}

/** The text as it is. */
function stylizeNoColor(text) {
  return text;
}

// Sequences that colour text, move the cursor or set the title; ECMA-48 5.4 and what terminals added.
const CONTROL_SEQUENCE = new RegExp(
  '[\\u001B\\u009B][[\\]()#;?]*' +
    '(?:(?:(?:(?:;[-a-zA-Z\\d\\/\\#&.:=?%@~_]+)*|[a-zA-Z\\d]+(?:;[-a-zA-Z\\d\\/\\#&.:=?%@~_]*)*)?' +
    '(?:\\u0007|\\u001B\\u005C|\\u009C))|(?:(?:\\d{1,4}(?:;\\d{0,4})*)?[\\dA-PR-TZcf-ntqry=><~]))',
  'g',
);

/** The text without control sequences. */
function stripControl(text) {
  return text.includes('\u001b') || text.includes('\u009b') ? text.replace(CONTROL_SEQUENCE, '') : text;
}

module.exports = {
  colors,
  defaultOptions,
  setDefaultOptions,
  stripControl,
  styles,
  stylizeNoColor,
  stylizeWithColor,
};
