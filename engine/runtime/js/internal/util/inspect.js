'use strict';

// `util.inspect` (https://nodejs.org/api/util.html#utilinspectobject-options).

const { Context } = require('internal/util/inspect/context');
const { colors, defaultOptions, setDefaultOptions, styles } = require('internal/util/inspect/options');
const { formatValue } = require('internal/util/inspect/value');

/**
 * The value as text, for people to read. The old form `inspect(value, showHidden, depth, colors)` is understood, too.
 */
function inspect(value, options) {
  const context = new Context();
  if (arguments.length > 1) {
    if (arguments.length > 2) {
      if (arguments[2] !== undefined) context.depth = arguments[2];
      if (arguments.length > 3 && arguments[3] !== undefined) context.colors = arguments[3];
    }
    if (typeof options === 'boolean') context.showHidden = options;
    else if (options) context.apply(options);
  }
  context.settle();
  return formatValue(context, value, 0);
}

inspect.custom = Symbol.for('nodejs.util.inspect.custom');
Object.defineProperty(inspect, 'defaultOptions', {
  __proto__: null,
  get() {
    return defaultOptions;
  },
  set(options) {
    setDefaultOptions(options);
    return defaultOptions;
  },
  enumerable: false,
});
inspect.colors = colors;
inspect.styles = styles;

/** `util.format`, for those who have this module already. */
function format(...args) {
  return require('internal/util/format').format(...args);
}

module.exports = { format, inspect };
