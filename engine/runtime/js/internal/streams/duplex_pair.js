'use strict';

// `stream.duplexPair`: what is written to one side is read from the other
// (https://nodejs.org/api/stream.html#streamduplexpairoptions).

const { Duplex } = require('internal/streams/duplex');

const kCallback = Symbol('Callback');
const kOtherSide = Symbol('Other');

class DuplexSide extends Duplex {
  #other = null;

  constructor(options) {
    super(options);
    this[kCallback] = null;
  }

  [kOtherSide](other) {
    this.#other = other;
  }

  _read() {
    const callback = this[kCallback];
    if (!callback) return;
    this[kCallback] = null;
    callback();
  }

  _write(chunk, encoding, callback) {
    if (chunk.length === 0) {
      process.nextTick(callback);
    } else {
      this.#other.push(chunk);
      this.#other[kCallback] = callback;
    }
  }

  _final(callback) {
    this.#other.on('end', callback);
    this.#other.push(null);
  }
}

/** Two streams that are connected. */
function duplexPair(options) {
  const side0 = new DuplexSide(options);
  const side1 = new DuplexSide(options);
  side0[kOtherSide](side1);
  side1[kOtherSide](side0);
  return [side0, side1];
}

module.exports = { duplexPair };
