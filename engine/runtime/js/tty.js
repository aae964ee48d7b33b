'use strict';

// https://nodejs.org/api/tty.html

const { ReadStream, WriteStream } = require('internal/tty/streams');

/** The largest descriptor. */
const MOST = 2 ** 31 - 1;

/** `tty.isatty`. */
function isatty(fd) {
  return Number.isInteger(fd) && fd >= 0 && fd <= MOST && ops.stdio_is_terminal(fd);
}

module.exports = { isatty, ReadStream, WriteStream };
