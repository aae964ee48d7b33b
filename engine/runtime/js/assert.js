'use strict';

// https://nodejs.org/api/assert.html

const { AssertionError } = require('internal/assert/assertion_error');
const { callersMessage, fail: failWith } = require('internal/assert/fail');
const { codes } = require('internal/errors');

const kOptions = Symbol('options');
const { assign, is } = Object;

/** The setting of the `Assert` that an assertion is a method of; a function on its own has none. */
const optionsOf = (assertion) => assertion?.[kOptions];
const diffOf = (assertion) => optionsOf(assertion)?.diff;

function isDeepEqual(a, b, mode) {
  return require('internal/util/comparisons').isDeepEqual(a, b, mode);
}

/** Modes of `isDeepEqual`. */
const LOOSE = 0;
const STRICT = 1;
const PARTIAL = 2;
const SKIP_PROTOTYPE = 3;

const strictMode = (assertion) => (optionsOf(assertion)?.skipPrototype ? SKIP_PROTOTYPE : STRICT);

/** What all comparisons need two of. */
function needTwo(count) {
  if (count < 2) throw new codes.ERR_MISSING_ARGS('actual', 'expected');
}

/** Fails a comparison of two values. */
function failCompared(assertion, actual, expected, message, operator, stackStartFn) {
  failWith({ actual, expected, operator, stackStartFn, diff: diffOf(assertion) }, message);
}

/** The truth of the first of `args`; the others are the message. */
function checkTruth(stackStartFn, args) {
  const [value, ...messageArgs] = args;
  if (value) return;
  let message;
  let isGenerated = false;
  if (args.length === 0) {
    isGenerated = true;
    message = 'No value argument passed to `assert.ok()`';
  } else if (messageArgs[0] == null) {
    isGenerated = true;
    message = require('internal/assert/expression').falsyMessage(stackStartFn);
  } else {
    message = callersMessage(messageArgs, value, true);
  }
  const error = new AssertionError({
    actual: value,
    expected: true,
    message,
    operator: '==',
    stackStartFn,
  });
  error.generatedMessage = isGenerated;
  throw error;
}

function assert(...args) {
  checkTruth(assert, args);
}

function strict(...args) {
  checkTruth(strict, args);
}

/** Assertions with settings of their own: `diff`, `strict` and `skipPrototype`. */
function Assert(options) {
  if (!new.target) throw new codes.ERR_CONSTRUCT_CALL_REQUIRED('Assert');
  const settings = assign({ __proto__: null, strict: true, skipPrototype: false }, options);
  if (settings.diff === undefined) settings.diff = 'simple';
  else require('internal/validators').validateOneOf(settings.diff, 'options.diff', ['simple', 'full']);
  this.AssertionError = AssertionError;
  Object.defineProperty(this, kOptions, { __proto__: null, value: settings });
  if (settings.strict) {
    this.equal = this.strictEqual;
    this.deepEqual = this.deepStrictEqual;
    this.notEqual = this.notStrictEqual;
    this.notDeepEqual = this.notDeepStrictEqual;
  }
}

const methods = Assert.prototype;

methods.fail = function fail(message) {
  if (message instanceof Error) throw message;
  let isGenerated = false;
  let text = message;
  if (message === undefined) {
    isGenerated = true;
    text = 'Failed';
  }
  const error = new AssertionError({
    message: text,
    operator: 'fail',
    stackStartFn: fail,
    diff: diffOf(this),
  });
  if (isGenerated) error.generatedMessage = true;
  throw error;
};

methods.ok = function ok(...args) {
  checkTruth(ok, args);
};

methods.equal = function equal(actual, expected, ...message) {
  needTwo(arguments.length);
  if (actual == expected || (actual !== actual && expected !== expected)) return;
  failCompared(this, actual, expected, message, '==', equal);
};

methods.notEqual = function notEqual(actual, expected, ...message) {
  needTwo(arguments.length);
  if (actual != expected && (actual === actual || expected === expected)) return;
  failCompared(this, actual, expected, message, '!=', notEqual);
};

methods.deepEqual = function deepEqual(actual, expected, ...message) {
  needTwo(arguments.length);
  if (isDeepEqual(actual, expected, LOOSE)) return;
  failCompared(this, actual, expected, message, 'deepEqual', deepEqual);
};

methods.notDeepEqual = function notDeepEqual(actual, expected, ...message) {
  needTwo(arguments.length);
  if (!isDeepEqual(actual, expected, LOOSE)) return;
  failCompared(this, actual, expected, message, 'notDeepEqual', notDeepEqual);
};

methods.deepStrictEqual = function deepStrictEqual(actual, expected, ...message) {
  needTwo(arguments.length);
  if (isDeepEqual(actual, expected, strictMode(this))) return;
  failCompared(this, actual, expected, message, 'deepStrictEqual', deepStrictEqual);
};

methods.notDeepStrictEqual = function notDeepStrictEqual(actual, expected, ...message) {
  needTwo(arguments.length);
  if (!isDeepEqual(actual, expected, strictMode(this))) return;
  failCompared(this, actual, expected, message, 'notDeepStrictEqual', notDeepStrictEqual);
};

methods.strictEqual = function strictEqual(actual, expected, ...message) {
  needTwo(arguments.length);
  if (is(actual, expected)) return;
  failCompared(this, actual, expected, message, 'strictEqual', strictEqual);
};

methods.notStrictEqual = function notStrictEqual(actual, expected, ...message) {
  needTwo(arguments.length);
  if (!is(actual, expected)) return;
  failCompared(this, actual, expected, message, 'notStrictEqual', notStrictEqual);
};

methods.partialDeepStrictEqual = function partialDeepStrictEqual(actual, expected, ...message) {
  needTwo(arguments.length);
  if (isDeepEqual(actual, expected, PARTIAL)) return;
  failCompared(this, actual, expected, message, 'partialDeepStrictEqual', partialDeepStrictEqual);
};

methods.throws = function throws(fn, ...args) {
  const { expectsError, thrownBy } = require('internal/assert/exceptions');
  expectsError(throws, thrownBy(fn), args);
};

methods.rejects = async function rejects(promiseFn, ...args) {
  const { expectsError, rejectionOf } = require('internal/assert/exceptions');
  expectsError(rejects, await rejectionOf(promiseFn), args);
};

methods.doesNotThrow = function doesNotThrow(fn, ...args) {
  const { expectsNoError, thrownBy } = require('internal/assert/exceptions');
  expectsNoError(doesNotThrow, thrownBy(fn), args);
};

methods.doesNotReject = async function doesNotReject(fn, ...args) {
  const { expectsNoError, rejectionOf } = require('internal/assert/exceptions');
  expectsNoError(doesNotReject, await rejectionOf(fn), args);
};

methods.ifError = function ifError(err) {
  if (err === null || err === undefined) return;
  const { unwantedError } = require('internal/assert/unwanted_error');
  throw unwantedError(err, ifError, diffOf(this));
};

/** Fails unless `string` is a text that matches `regexp`, or with `wanted` false, does not match. */
function checkMatch(stackStartFn, string, regexp, message, wanted) {
  const { kindOf, kinds } = require('internal/util/kinds');
  if (kindOf(regexp) !== kinds.REGEXP) throw new codes.ERR_INVALID_ARG_TYPE('regexp', 'RegExp', regexp);
  const isText = typeof string === 'string';
  if (isText && (RegExp.prototype.exec.call(regexp, string) !== null) === wanted) return;

  const { inspect } = require('internal/util/inspect');
  let text = message[0] == null || message[0] === '' ? undefined : callersMessage(message, string, regexp);
  if (!text) {
    if (isText) {
      const must = wanted ? 'did not match the' : 'was expected to not match the';
      text = `The input ${must} regular expression ${inspect(regexp)}. Input:\n\n${inspect(string)}\n`;
    } else {
      text = `The "string" argument must be of type string. Received type ${typeof string} (${inspect(string)})`;
    }
  }
  const error = new AssertionError({
    actual: string,
    expected: regexp,
    message: text,
    operator: stackStartFn.name,
    stackStartFn,
  });
  error.generatedMessage = message.length === 0;
  throw error;
}

methods.match = function match(string, regexp, ...message) {
  checkMatch(match, string, regexp, message, true);
};

methods.doesNotMatch = function doesNotMatch(string, regexp, ...message) {
  checkMatch(doesNotMatch, string, regexp, message, false);
};

const {
  ok,
  fail,
  equal,
  notEqual,
  deepEqual,
  notDeepEqual,
  deepStrictEqual,
  notDeepStrictEqual,
  strictEqual,
  notStrictEqual,
  partialDeepStrictEqual,
  match,
  doesNotMatch,
  throws,
  rejects,
  doesNotThrow,
  doesNotReject,
  ifError,
} = methods;

assign(assert, {
  AssertionError,
  ok,
  fail,
  equal,
  notEqual,
  deepEqual,
  notDeepEqual,
  deepStrictEqual,
  notDeepStrictEqual,
  strictEqual,
  notStrictEqual,
  partialDeepStrictEqual,
  match,
  doesNotMatch,
  throws,
  rejects,
  doesNotThrow,
  doesNotReject,
  ifError,
  strict,
  Assert,
});
assign(strict, assert, {
  equal: strictEqual,
  deepEqual: deepStrictEqual,
  notEqual: notStrictEqual,
  notDeepEqual: notDeepStrictEqual,
});
delete strict.strict;
strict.strict = strict;

module.exports = assert;
