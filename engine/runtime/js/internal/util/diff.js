'use strict';

// `util.diff` (https://nodejs.org/api/util.html#utildiffactual-expected).

const { kActual, kExpected, myersDiff } = require('internal/assert/myers_diff');
const { validateString, validateStringArray } = require('internal/validators');

const OPERATION = { [kActual]: 1, [kExpected]: -1 };

function check(value, name) {
  if (Array.isArray(value)) validateStringArray(value, name);
  else validateString(value, name);
}

/** `[operation, text]` for each character or item: 0 for both, 1 for only `actual`, -1 for only `expected`. */
function diff(actual, expected) {
  if (actual === expected) return [];
  check(actual, 'actual');
  check(expected, 'expected');
  return myersDiff([...toItems(actual)], [...toItems(expected)]).map(([kind, text]) => [OPERATION[kind] ?? 0, text]);
}

function toItems(value) {
  return typeof value === 'string' ? value.split('') : value;
}

module.exports = { diff };
