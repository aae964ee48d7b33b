'use strict';

// Checks of arguments, with the words of `node:sqlite`.

const { codes } = require('internal/errors');

function coded(Base, code, message) {
  const error = new Base(message);
  error.code = code;
  return error;
}

const typeError = (message) => coded(TypeError, 'ERR_INVALID_ARG_TYPE', message);

function check(isRight, name, kind) {
  if (!isRight) throw typeError(`The "${name}" argument must be ${kind}.`);
}

/** A switch that may be left out. */
function booleanIn(options, key, otherwise) {
  const value = options[key];
  if (value === undefined) return otherwise;
  check(typeof value === 'boolean', `options.${key}`, 'a boolean');
  return value;
}

/** A path, URL or bytes of a path as text. */
function pathOf(value) {
  let text = value;
  if (ArrayBuffer.isView(value) && value instanceof Uint8Array) text = require('buffer').Buffer.from(value).toString();
  else if (typeof value === 'object' && value !== null && typeof value.href === 'string') {
    if (!value.href.startsWith('file:')) throw coded(TypeError, 'ERR_INVALID_URL_SCHEME', 'The URL must be of scheme file:');
    text = value.href;
  }
  check(typeof text === 'string' && !text.includes('\0'), 'path', 'a string, Uint8Array, or URL without null bytes');
  return text;
}

const state = (message) => coded(Error, 'ERR_INVALID_STATE', message);

module.exports = { booleanIn, check, coded, codes, pathOf, state, typeError };
