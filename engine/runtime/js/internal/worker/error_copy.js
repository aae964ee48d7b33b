'use strict';

// Errors on their way from a worker to the thread that started it: a copy has the class, the text and the properties, as
// far as they can be cloned.

const classes = { Error, TypeError, RangeError, URIError, SyntaxError, ReferenceError, EvalError };

// How an error travels.
const AS_ERROR = 0;
const AS_VALUE = 1;
const AS_TEXT = 2;

/** The class of the language that an error belongs to. */
function className(error) {
  for (let object = error; object !== null; object = Object.getPrototypeOf(object)) {
    const descriptor = Object.getOwnPropertyDescriptor(object, 'constructor');
    const { name } = descriptor?.value ?? {};
    if (typeof descriptor?.value === 'function' && Object.hasOwn(classes, name)) return name;
  }
  return 'Error';
}

/** Own and inherited properties, as far as they are plain data in the end. */
function properties(error) {
  const { write } = require('internal/structured_clone');
  // In the order in which errors that were made here have them.
  const found = { name: undefined, message: undefined, stack: undefined };
  const clones = (value) => {
    try {
      write(value, []);
      return true;
    } catch {
      return false;
    }
  };
  for (let object = error; object !== null && object !== Object.prototype; object = Object.getPrototypeOf(object)) {
    for (const key of Object.getOwnPropertyNames(object)) {
      if (found[key] !== undefined) continue;
      const { enumerable } = Object.getOwnPropertyDescriptor(object, key);
      let value;
      try {
        value = error[key];
      } catch {
        // A getter that throws gives nothing to copy.
        continue;
      }
      if (typeof value === 'function' || typeof value === 'symbol') continue;
      if (key === 'cause' && ops.util_is_error(value)) found[key] = { error: serialize(value), enumerable };
      else if (clones(value)) found[key] = { value, enumerable };
    }
  }
  for (const key of Object.keys(found)) if (found[key] === undefined) delete found[key];
  return found;
}

/** What is sent for an error. */
function serialize(error) {
  if (ops.util_is_error(error) || error instanceof Error) return { how: AS_ERROR, name: className(error), properties: properties(error) };
  const { write } = require('internal/structured_clone');
  try {
    write(error, []);
    return { how: AS_VALUE, value: error };
  } catch {
    const { inspect } = require('internal/util/inspect');
    return { how: AS_TEXT, text: inspect(error) };
  }
}

/** The error that was sent. */
function deserialize(sent) {
  if (sent.how === AS_VALUE) return sent.value;
  if (sent.how === AS_TEXT) {
    const { text } = sent;
    return { [Symbol.for('nodejs.util.inspect.custom')]: () => text };
  }
  const error = Object.create(classes[sent.name].prototype);
  Object.defineProperty(error, Symbol.toStringTag, { __proto__: null, configurable: true, value: 'Error' });
  for (const [key, { value, error: inner, enumerable }] of Object.entries(sent.properties)) {
    Object.defineProperty(error, key, {
      __proto__: null,
      value: inner === undefined ? value : deserialize(inner),
      configurable: true,
      enumerable,
      writable: key !== 'stack',
    });
  }
  return error;
}

module.exports = { deserialize, serialize };
