'use strict';

// Settings that all of `http` shares (https://nodejs.org/api/http.html#httpmaxheadersize).

const DEFAULT_MAX_HEADER_SIZE = 16 * 1024;

let size;

/** Most bytes of a head, from the command line. */
function maxHeaderSize() {
  if (size === undefined) {
    const value = Number(require('internal/options').valueOf('--max-http-header-size'));
    size = value > 0 ? value : DEFAULT_MAX_HEADER_SIZE;
  }
  return size;
}

/** Whether parsers let pass what is not quite right, from the command line. */
function isLenient() {
  return require('internal/options').isOn('--insecure-http-parser');
}

module.exports = { isLenient, maxHeaderSize };
