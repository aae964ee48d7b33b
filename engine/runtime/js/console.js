'use strict';

// `console` (https://nodejs.org/api/console.html).

const { format } = require('internal/util/format');

function print(stream, args) {
  stream.write(`${format(...args)}\n`);
}

/** Prints to standard output. */
function log(...args) {
  print(process.stdout, args);
}

/** Prints to standard error. */
function error(...args) {
  print(process.stderr, args);
}

module.exports = { log, info: log, debug: log, error, warn: error };
