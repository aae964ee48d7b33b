'use strict';

// Settings that all of `http` shares (https://nodejs.org/api/http.html#httpmaxheadersize).

const DEFAULT_MAX_HEADER_SIZE = 16 * 1024;

let size;

/** Most bytes of a head, from the command line. */
function maxHeaderSize() {
  if (size === undefined) {
    const given = process.execArgv.findLast((option) => option.startsWith('--max-http-header-size='));
    const value = given === undefined ? NaN : Number(given.slice(given.indexOf('=') + 1));
    size = value > 0 ? value : DEFAULT_MAX_HEADER_SIZE;
  }
  return size;
}

/** Whether parsers let pass what is not quite right, from the command line. */
function isLenient() {
  return process.execArgv.includes('--insecure-http-parser');
}

module.exports = { isLenient, maxHeaderSize };
