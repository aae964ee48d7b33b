'use strict';

// The AssertionError of `assert.ifError`: it says what the unwanted error said, and from where that came
// (https://nodejs.org/api/assert.html#assertiferrorvalue).

const { AssertionError } = require('internal/assert/assertion_error');

function describe(error) {
  if (typeof error === 'object' && error !== null && typeof error.message === 'string') {
    return error.message.length === 0 && error.constructor ? error.constructor.name : error.message;
  }
  return require('internal/util/inspect').inspect(error);
}

/** The frames of `stack` that are not also those of the error, and then the error's. */
function joinStacks(stack, original) {
  const start = original.indexOf('\n    at');
  if (start === -1) return stack;
  const frames = original.slice(start + 1).split('\n');
  let lines = stack.split('\n');
  for (const frame of frames) {
    const position = lines.indexOf(frame);
    if (position !== -1) {
      lines = lines.slice(0, position);
      break;
    }
  }
  return `${lines.join('\n')}\n${frames.join('\n')}`;
}

/** What `ifError(error)` throws. */
function unwantedError(error, stackStartFn, diff) {
  const unwanted = new AssertionError({
    actual: error,
    expected: null,
    operator: 'ifError',
    message: `ifError got unwanted exception: ${describe(error)}`,
    stackStartFn,
    diff,
  });
  const original = error.stack;
  if (typeof original === 'string') unwanted.stack = joinStacks(unwanted.stack, original);
  return unwanted;
}

module.exports = { unwantedError };
