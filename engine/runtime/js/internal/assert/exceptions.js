'use strict';

// What `throws`, `rejects`, `doesNotThrow` and `doesNotReject` do with what was thrown or not
// (https://nodejs.org/api/assert.html#assertthrowsfn-error-message).

const { AssertionError } = require('internal/assert/assertion_error');
const { kindOf, kinds } = require('internal/util/kinds');

const { apply } = Reflect;
const { exec } = RegExp.prototype;
const { isPrototypeOf } = Object.prototype;

/** Stands for "nothing was thrown". */
const NOTHING = Symbol('nothing thrown');
const EXPECTED_TYPES = ['Object', 'Error', 'Function', 'RegExp'];

const isPromise = (value) => kindOf(value) === kinds.PROMISE;
const isRegExp = (value) => kindOf(value) === kinds.REGEXP;
const isErrorClass = (value) => apply(isPrototypeOf, Error, [value]);
const matches = (regexp, text) => apply(exec, regexp, [text]) !== null;

function inspect(value, options) {
  return require('internal/util/inspect').inspect(value, options);
}

function codedError(code, ...args) {
  return new (require('internal/errors').codes[code])(...args);
}

/** What `fn` throws, or NOTHING. */
function thrownBy(fn) {
  require('internal/validators').validateFunction(fn, 'fn');
  try {
    fn();
  } catch (error) {
    return error;
  }
  return NOTHING;
}

function isThenable(value) {
  return (
    isPromise(value) ||
    (typeof value === 'object' &&
      value !== null &&
      typeof value.then === 'function' &&
      typeof value.catch === 'function')
  );
}

/** What a promise, or the one that a function returns, is rejected with, or NOTHING. */
async function rejectionOf(promiseFn) {
  let promise = promiseFn;
  if (typeof promiseFn === 'function') {
    promise = promiseFn();
    if (!isThenable(promise)) {
      throw codedError('ERR_INVALID_RETURN_VALUE', 'instance of Promise', 'promiseFn', promise);
    }
  } else if (!isThenable(promiseFn)) {
    throw codedError('ERR_INVALID_ARG_TYPE', 'promiseFn', ['Function', 'Promise'], promiseFn);
  }
  try {
    await promise;
  } catch (error) {
    return error;
  }
  return NOTHING;
}

/** The part of an error that is compared: the keys of the expected object, taken over where a pattern matched. */
class Comparison {
  constructor(object, keys, actual) {
    for (const key of keys) {
      if (!(key in object)) continue;
      const matched =
        actual !== undefined &&
        typeof actual[key] === 'string' &&
        isRegExp(object[key]) &&
        matches(object[key], actual[key]);
      this[key] = matched ? actual[key] : object[key];
    }
  }
}

/** One check of what was thrown: which function checks, with what message. */
class Check {
  constructor(stackStartFn, message) {
    this.stackStartFn = stackStartFn;
    this.operator = stackStartFn.name;
    this.message = message;
  }

  get kind() {
    return this.operator === 'rejects' || this.operator === 'doesNotReject' ? 'rejection' : 'exception';
  }

  /** Fails with the caller's message, or with `generated`. */
  fail(actual, expected, generated) {
    const error = new AssertionError({
      actual,
      expected,
      message: this.message || generated,
      operator: this.operator,
      stackStartFn: this.stackStartFn,
    });
    error.generatedMessage = !this.message;
    throw error;
  }

  /** Fails with the difference of two values of which `actual` and `expected` are the wholes. */
  failDifferent(shownActual, shownExpected, actual, expected) {
    const error = new AssertionError({
      actual: shownActual,
      expected: shownExpected,
      operator: 'deepStrictEqual',
      stackStartFn: this.stackStartFn,
    });
    error.actual = actual;
    error.expected = expected;
    error.operator = this.operator;
    throw error;
  }

  pattern(actual, expected) {
    const text = String(actual);
    if (matches(expected, text)) return;
    this.fail(
      actual,
      expected,
      `The input did not match the regular expression ${inspect(expected)}. Input:\n\n${inspect(text)}\n`,
    );
  }

  object(actual, expected) {
    if (typeof actual !== 'object' || actual === null) {
      const error = new AssertionError({
        actual,
        expected,
        message: this.message,
        operator: 'deepStrictEqual',
        stackStartFn: this.stackStartFn,
      });
      error.operator = this.operator;
      throw error;
    }
    const keys = Object.keys(expected);
    if (expected instanceof Error) keys.push('name', 'message');
    else if (keys.length === 0)
      throw codedError('ERR_INVALID_ARG_VALUE', 'error', expected, 'may not be an empty object');

    const { isDeepStrictEqual } = require('internal/util/comparisons');
    for (const key of keys) {
      if (typeof actual[key] === 'string' && isRegExp(expected[key]) && matches(expected[key], actual[key]))
        continue;
      if (key in actual && isDeepStrictEqual(actual[key], expected[key])) continue;
      if (this.message) this.fail(actual, expected);
      this.failDifferent(
        new Comparison(actual, keys),
        new Comparison(expected, keys, actual),
        actual,
        expected,
      );
    }
  }

  functionOrClass(actual, expected) {
    if (expected.prototype !== undefined && actual instanceof expected) return;
    const isError = actual instanceof Error;
    if (isErrorClass(expected)) {
      const received = isError ? actual.name : inspect(actual, { depth: -1 });
      const rest = isError ? `\n\nError message:\n\n${actual.message}` : '';
      this.fail(
        actual,
        expected,
        `The error is expected to be an instance of "${expected.name}". Received "${received}"${rest}`,
      );
    }
    const result = apply(expected, {}, [actual]);
    if (result === true) return;
    const name = expected.name ? `"${expected.name}" ` : '';
    const rest = isError ? `\n\nCaught error:\n\n${actual}` : '';
    this.fail(
      actual,
      expected,
      `The ${name}validation function is expected to return "true". Received ${inspect(result)}${rest}`,
    );
  }
}

/** Checks that `actual` was thrown and is what `args` (`[error[, message]]`) ask for. */
function expectsError(stackStartFn, actual, args) {
  let [error, message] = args;
  if (typeof error === 'string') {
    if (args.length > 1) throw codedError('ERR_INVALID_ARG_TYPE', 'error', EXPECTED_TYPES, error);
    if (typeof actual === 'object' && actual !== null) {
      if (actual.message === error) {
        throw codedError(
          'ERR_AMBIGUOUS_ARGUMENT',
          'error/message',
          `The error message "${actual.message}" is identical to the message.`,
        );
      }
    } else if (actual === error) {
      throw codedError(
        'ERR_AMBIGUOUS_ARGUMENT',
        'error/message',
        `The error "${actual}" is identical to the message.`,
      );
    }
    message = error;
    error = undefined;
  } else if (error != null && typeof error !== 'object' && typeof error !== 'function') {
    throw codedError('ERR_INVALID_ARG_TYPE', 'error', EXPECTED_TYPES, error);
  }

  const check = new Check(stackStartFn, message);
  if (actual === NOTHING) {
    let details = error?.name ? ` (${error.name})` : '';
    details += message ? `: ${message}` : '.';
    check.message = `Missing expected ${check.kind}${details}`;
    check.fail(undefined, error);
  }
  if (!error) return;
  if (typeof error === 'function') check.functionOrClass(actual, error);
  else if (isRegExp(error)) check.pattern(actual, error);
  else check.object(actual, error);
}

function isUnwanted(actual, expected) {
  if (typeof expected !== 'function') {
    if (isRegExp(expected)) return matches(expected, String(actual));
    throw codedError('ERR_INVALID_ARG_TYPE', 'expected', ['Function', 'RegExp'], expected);
  }
  if (expected.prototype !== undefined && actual instanceof expected) return true;
  if (isErrorClass(expected)) return false;
  return apply(expected, {}, [actual]) === true;
}

/** Checks that nothing was thrown, or nothing of the kind that `args` (`[error[, message]]`) name; throws the rest on. */
function expectsNoError(stackStartFn, actual, args) {
  if (actual === NOTHING) return;
  let [error, message] = args;
  if (typeof error === 'string') {
    message = error;
    error = undefined;
  }
  if (error && !isUnwanted(actual, error)) throw actual;
  const check = new Check(stackStartFn);
  const details = message ? `: ${message}` : '.';
  check.message = `Got unwanted ${check.kind}${details}\nActual message: "${actual && actual.message}"`;
  check.fail(actual, error);
}

module.exports = { expectsError, expectsNoError, rejectionOf, thrownBy };
