'use strict';

// How an assertion fails: with the caller's message, the caller's own error, or an AssertionError that says what was compared
// (https://nodejs.org/api/assert.html).

const { AssertionError } = require('internal/assert/assertion_error');

function ambiguous(reason) {
  const { codes } = require('internal/errors');
  return new codes.ERR_AMBIGUOUS_ARGUMENT(
    'message',
    `${reason} has trailing arguments that would be ignored.`,
  );
}

/**
 * The message that `args` (the arguments behind the values) ask for: a text with values for its placeholders, or a function that
 * makes the text. An error there is thrown as it is.
 */
function callersMessage(args, actual, expected) {
  const [message] = args;
  if (typeof message === 'string') {
    return args.length === 1 ? message : require('internal/util/inspect').format(...args);
  }
  if (message instanceof Error) {
    if (args.length > 1) throw ambiguous(`The error message was passed as error object "${message}"`);
    throw message;
  }
  if (typeof message === 'function') {
    if (args.length > 1) throw ambiguous(`The error message with function "${message.name || 'anonymous'}"`);
    try {
      const text = message(actual, expected);
      return typeof text === 'string' ? text : undefined;
    } catch {
      // What is wrong with the message must not hide what is wrong with the values.
      return undefined;
    }
  }
  const { codes } = require('internal/errors');
  throw new codes.ERR_INVALID_ARG_TYPE('message', ['string', 'function'], message);
}

/** Throws the AssertionError that `options` describe, with the caller's message if `args` has one. */
function fail(options, args) {
  if (args.length > 0) options.message = callersMessage(args, options.actual, options.expected);
  throw new AssertionError(options);
}

module.exports = { callersMessage, fail };
