'use strict';

// What names and values of headers may be made of (https://www.rfc-editor.org/rfc/rfc9110#name-fields).

const { codes } = require('internal/errors');

const TOKEN = /^[\^_`a-zA-Z\-0-9!#$%&'*+.|~]+$/;
const NOT_IN_VALUES = /[^\t\x20-\x7e\x80-\xff]/;
const NOT_IN_PATHS = /[^\u0021-\u00ff]/;

const isToken = (text) => TOKEN.test(text);
const hasInvalidChar = (value) => NOT_IN_VALUES.test(value);
const isInvalidPath = (path) => NOT_IN_PATHS.test(path);

/** `http.validateHeaderName`. */
function validateHeaderName(name, label) {
  if (typeof name !== 'string' || !name || !isToken(name)) {
    throw new codes.ERR_INVALID_HTTP_TOKEN(label || 'Header name', name);
  }
}

/** `http.validateHeaderValue`. */
function validateHeaderValue(name, value) {
  if (value === undefined) throw new codes.ERR_HTTP_INVALID_HEADER_VALUE(value, name);
  if (hasInvalidChar(value)) throw new codes.ERR_INVALID_CHAR('header content', name);
}

module.exports = { hasInvalidChar, isInvalidPath, isToken, validateHeaderName, validateHeaderValue };
