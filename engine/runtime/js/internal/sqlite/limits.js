'use strict';

// The limits of a database as an object (https://nodejs.org/api/sqlite.html#databaselimits): each is SQLite's of that number.

const { coded, typeError } = require('internal/sqlite/checks');

const NAMES = ['length', 'sqlLength', 'column', 'exprDepth', 'compoundSelect', 'vdbeOp', 'functionArg', 'attach',
               'likePatternLength', 'variableNumber', 'triggerDepth'];
/** SQLite makes of this the largest value there can be. */
const LARGEST = 2 ** 31 - 1;

/** `numberOf()` is the database, or throws. */
function limitsOf(numberOf) {
  const limits = { __proto__: null };
  NAMES.forEach((name, kind) => {
    Object.defineProperty(limits, name, {
      enumerable: true,
      configurable: true,
      get: () => ops.sqlite_limit(numberOf(), kind, -1),
      set(value) {
        if (value !== Infinity && !Number.isInteger(value)) throw typeError('Limit value must be a non-negative integer or Infinity.');
        if (value < 0) throw coded(RangeError, 'ERR_OUT_OF_RANGE', 'Limit value must be non-negative.');
        ops.sqlite_limit(numberOf(), kind, Math.min(value, LARGEST));
      },
    });
  });
  return limits;
}

/** Checks the option `limits`; returns the ones that are set. */
function limitsIn(given) {
  const found = [];
  for (const name of NAMES) {
    const value = given[name];
    if (value === undefined) continue;
    if (!Number.isInteger(value)) throw typeError(`The "options.limits.${name}" argument must be an integer.`);
    if (value < 0) throw coded(RangeError, 'ERR_OUT_OF_RANGE', `The "options.limits.${name}" argument must be non-negative.`);
    found.push([name, value]);
  }
  return found;
}

module.exports = { limitsIn, limitsOf };
