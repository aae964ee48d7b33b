'use strict';

// AssertionError: https://nodejs.org/api/assert.html#class-assertassertionerror

const { apply, getPrototypeOf } = Reflect;
const { hasOwnProperty } = Object.prototype;
const { assign, defineProperty } = Object;
const { captureStackTrace } = Error;
const inspectCustom = Symbol.for('nodejs.util.inspect.custom');

const MAX_SHOWN_LENGTH = 512;
const MAX_SHOWN_LINES = 10;

/** The error without its stack, which says nothing about why two errors differ. */
function withoutStack(error) {
  const copy = assign({ __proto__: getPrototypeOf(error) }, error);
  defineProperty(copy, 'message', { __proto__: null, value: error.message });
  if (apply(hasOwnProperty, error, ['cause'])) {
    let { cause } = error;
    if (cause instanceof Error) cause = withoutStack(cause);
    defineProperty(copy, 'cause', { __proto__: null, value: cause });
  }
  return copy;
}

function hasStack(value) {
  return typeof value === 'object' && value !== null && 'stack' in value && value instanceof Error;
}

/** A long text cut, for showing the error's properties: the first lines, or as in Node what is behind the first 512 characters. */
function shortened(value) {
  if (typeof value !== 'string') return value;
  const lines = value.split('\n', MAX_SHOWN_LINES + 1);
  if (lines.length > MAX_SHOWN_LINES) return `${lines.slice(0, MAX_SHOWN_LINES).join('\n')}\n...`;
  return value.length > MAX_SHOWN_LENGTH ? `${value.slice(MAX_SHOWN_LENGTH)}...` : value;
}

function messageFor(message, operator, actual, expected, diff) {
  const { operatorMessage, showsDifference } = require('internal/assert/operator_message');
  if (message != null && !showsDifference(operator)) return String(message);
  return operatorMessage(operator, actual, expected, message, diff);
}

function defineHidden(error, key, value) {
  defineProperty(error, key, {
    __proto__: null,
    value,
    writable: true,
    enumerable: false,
    configurable: true,
  });
}

class AssertionError extends Error {
  constructor(options) {
    require('internal/validators').validateObject(options, 'options');
    const { message, operator, stackStartFn, stackStartFunction, diff = 'simple' } = options;
    let { actual, expected } = options;
    if (message == null && hasStack(actual) && hasStack(expected)) {
      actual = withoutStack(actual);
      expected = withoutStack(expected);
    }

    // The stack is taken below, from where the assertion was called.
    const limit = Error.stackTraceLimit;
    setStackTraceLimit(0);
    super(messageFor(message, operator, actual, expected, diff));
    setStackTraceLimit(limit);

    this.generatedMessage = !message;
    defineHidden(this, 'name', 'AssertionError [ERR_ASSERTION]');
    this.code = 'ERR_ASSERTION';
    this.actual = actual;
    this.expected = expected;
    this.operator = operator;
    captureStackTrace(this, stackStartFn || stackStartFunction);
    // The stack's text is made when it is first read: now, under the name with the code.
    void this.stack;
    this.name = 'AssertionError';
    this.diff = diff;
  }

  toString() {
    return `${this.name} [${this.code}]: ${this.message}`;
  }

  [inspectCustom](_depth, context) {
    const { inspect } = require('internal/util/inspect');
    // What is compared can be large and is in the message already.
    const { actual, expected } = this;
    this.actual = shortened(actual);
    this.expected = shortened(expected);
    const text = inspect(this, { ...context, customInspect: false, depth: 0 });
    this.actual = actual;
    this.expected = expected;
    return text;
  }
}

function setStackTraceLimit(limit) {
  const descriptor = Object.getOwnPropertyDescriptor(Error, 'stackTraceLimit');
  if (descriptor?.writable) Error.stackTraceLimit = limit;
}

module.exports = { AssertionError };
