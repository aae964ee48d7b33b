'use strict';

// Outputs that a child inherits from a script that is a guest in somebody else's process: the host answers with a pipe
// where none was asked for, and what comes out of it is output of the script.

const { StringDecoder } = require('string_decoder');

/** A stream over our end of such a pipe. `fd` is 1 or 2, the output that was inherited. */
function passOn(handle, fd) {
  const net = require('net');
  const stream = new net.Socket({ handle, readable: true, writable: true });
  const decoder = new StringDecoder('utf8');
  const write = (text) => {
    if (text !== '') ops.stdio_write(fd, text);
  };
  stream.on('data', (bytes) => write(decoder.write(bytes)));
  stream.on('end', () => write(decoder.end()));
  // A child that ends early is no error of the script's.
  stream.on('error', () => {});
  return stream;
}

module.exports = { passOn };
