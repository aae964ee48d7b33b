'use strict';

// What happens to tests, as a stream of events (https://nodejs.org/api/test.html#class-testsstream).

const { Readable } = require('stream');

class TestsStream extends Readable {
  constructor() {
    super({ objectMode: true, highWaterMark: Number.MAX_SAFE_INTEGER });
  }

  _read() {}

  /** Says that something happened: to listeners at once, to readers in their turn. */
  static tell(stream, type, data) {
    stream.emit(type, data);
    stream.push({ __proto__: null, type, data });
  }

  static end(stream) {
    stream.push(null);
  }
}

module.exports = { TestsStream };
