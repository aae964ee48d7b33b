'use strict';

// A socket over a stream that is none: packages reach its class through `tlsSocket._handle._parentWrap`, to speak HTTP/2
// over any Duplex.

const { DuplexHandle } = require('internal/tls/handle');
const { Socket } = require('internal/net/socket');

class JSStreamSocket extends Socket {
  constructor(stream) {
    super({ handle: new DuplexHandle(stream), manualStart: true });
    this.stream = stream;
  }
}

module.exports = { JSStreamSocket };
