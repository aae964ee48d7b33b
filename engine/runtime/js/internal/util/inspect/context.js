'use strict';

// What one call of `util.inspect` knows: its options and how far it has come.

const { defaultOptions, stylizeNoColor, stylizeWithColor } = require('internal/util/inspect/options');

const { hasOwn } = Object;

class Context {
  constructor() {
    this.showHidden = defaultOptions.showHidden;
    this.depth = defaultOptions.depth;
    this.colors = defaultOptions.colors;
    this.customInspect = defaultOptions.customInspect;
    this.showProxy = defaultOptions.showProxy;
    this.maxArrayLength = defaultOptions.maxArrayLength;
    this.maxStringLength = defaultOptions.maxStringLength;
    this.breakLength = defaultOptions.breakLength;
    this.compact = defaultOptions.compact;
    this.sorted = defaultOptions.sorted;
    this.getters = defaultOptions.getters;
    this.numericSeparator = defaultOptions.numericSeparator;
    this.stylize = stylizeNoColor;
    /** Options that the caller made up: `[util.inspect.custom]` functions get them, too. */
    this.own = undefined;
    /** Columns that the present value is moved to the right. */
    this.indentation = 0;
    /** The objects around the present value, outermost first. */
    this.seen = [];
    /** The level of the object that was begun last. */
    this.lastLevel = 0;
    /** Objects that something inside of them refers to → their number. */
    this.circular = undefined;
    /** Length of text so far by indentation; too much text ends the descent. */
    this.budget = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
  }

  /** Takes over what the caller said. */
  apply(options) {
    for (const key of Object.keys(options)) {
      if (hasOwn(defaultOptions, key) || key === 'stylize') this[key] = options[key];
      else this.own ??= options;
    }
  }

  /** Makes the options consistent. */
  settle() {
    if (this.colors) this.stylize = stylizeWithColor;
    if (this.maxArrayLength === null) this.maxArrayLength = Infinity;
    if (this.maxStringLength === null) this.maxStringLength = Infinity;
  }

  /** The second argument of a `[util.inspect.custom]` function. */
  optionsForCustom(isOtherRealm) {
    const options = { stylize: this.stylize };
    for (const key of Object.keys(defaultOptions)) options[key] = this[key];
    if (this.own !== undefined) Object.assign(options, this.own);
    if (!isOtherRealm) return options;
    // Nothing of this realm is handed to a function that might not be trusted with it.
    Object.setPrototypeOf(options, null);
    for (const key of Object.keys(options)) {
      if ((typeof options[key] === 'object' || typeof options[key] === 'function') && options[key] !== null) {
        delete options[key];
      }
    }
    const { stylize } = this;
    options.stylize = Object.setPrototypeOf((text, kind) => `${stylize(`${text}`, kind)}`, null);
    return options;
  }

  /** Counts what was written; a value with too much text is not descended into any more. */
  spend(length) {
    const spent = (this.budget[this.indentation] ?? 0) + length;
    this.budget[this.indentation] = spent;
    if (spent > 2 ** 27) this.depth = -1;
  }

  /** Whether values at `level` are only named. */
  isTooDeep(level) {
    return level > this.depth && this.depth !== null;
  }
}

module.exports = { Context };
