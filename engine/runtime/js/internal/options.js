'use strict';

// The options that the program was started with: those of NODE_OPTIONS, then those of the command line
// (https://nodejs.org/api/cli.html).

const settings = ops.option_list();

/** Whether a switch is on; the last word of `--name` and `--no-name` counts. */
function isOn(name, otherwise = false) {
  const opposite = name.replace(/^--/, '--no-');
  const last = settings.findLast((setting) => setting === name || setting === opposite);
  return last === undefined ? otherwise : last === name;
}

/** Whether a switch was turned off by `--no-name`. */
const isOff = (name) => !isOn(name, true);

/** Whether deprecations are told of that will be told of by default only later. */
const tellsPendingDeprecations = () => isOn('--pending-deprecation', process.env.NODE_PENDING_DEPRECATION === '1');

/** Every value of an option, in order. */
function valuesOf(name) {
  const start = `${name}=`;
  return settings.filter((setting) => setting.startsWith(start)).map((setting) => setting.slice(start.length));
}

/** The value that counts, or undefined. */
const valueOf = (name) => valuesOf(name).at(-1);

module.exports = { isOff, isOn, settings, tellsPendingDeprecations, valueOf, valuesOf };
