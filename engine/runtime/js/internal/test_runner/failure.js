'use strict';

// What a test fails with (https://nodejs.org/api/errors.html#err_test_failure).

const { codes } = require('internal/errors');

const INTERNAL_FRAME = /^\s+at .*\(?node:.*$/;

/** The error of a failed test. `cause` is what was thrown, or the words of the runner itself. */
function failure(cause, failureType, message) {
  const error = new codes.ERR_TEST_FAILURE(message ?? textOf(cause));
  error.failureType = failureType;
  error.cause = cause;
  hideOwnFrames(error);
  return error;
}

function textOf(cause) {
  if (typeof cause === 'string') return cause;
  const message = cause?.message;
  if (typeof message === 'string') return message;
  const { inspect } = require('util');
  try {
    return inspect(cause);
  } catch {
    // An object may fail at being shown in its own way.
    return inspect(cause, { customInspect: false });
  }
}

/** Where the runner is made of is of no interest. */
function hideOwnFrames(error) {
  const { stack } = error;
  if (typeof stack !== 'string') return;
  const lines = stack.split('\n');
  const first = lines.findIndex((line) => /^ {4}at /.test(line));
  if (first === -1) return;
  const frames = lines.slice(first).filter((line) => !INTERNAL_FRAME.test(line));
  Object.defineProperty(error, 'stack', {
    __proto__: null,
    configurable: true,
    enumerable: false,
    value: [...lines.slice(0, first), ...frames].join('\n'),
    writable: true,
  });
}

function isFailure(error) {
  return error?.code === 'ERR_TEST_FAILURE' && error.failureType !== undefined;
}

module.exports = { failure, isFailure, textOf };
