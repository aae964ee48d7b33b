'use strict';

// How messages between a process and its child are written
// (https://nodejs.org/api/child_process.html#advanced-serialization).

const LENGTH_BYTES = 4;

/** Messages as lines of JSON. */
const json = {
  rest: () => ({ text: '', decoder: new (require('string_decoder').StringDecoder)('utf8') }),
  write: (message) => Buffer.from(`${JSON.stringify(message)}\n`),
  * read(rest, chunk) {
    const lines = (rest.text + rest.decoder.write(chunk)).split('\n');
    rest.text = lines.pop();
    for (const line of lines) yield JSON.parse(line);
  },
};

/** Messages as `v8.serialize` writes them, each behind its length. */
const advanced = {
  rest: () => ({ bytes: Buffer.alloc(0) }),
  write(message) {
    const { DefaultSerializer } = require('v8');
    const serializer = new DefaultSerializer();
    serializer.writeHeader();
    serializer.writeValue(message);
    const bytes = serializer.releaseBuffer();
    const head = Buffer.alloc(LENGTH_BYTES);
    head.writeUInt32BE(bytes.length);
    return Buffer.concat([head, bytes]);
  },
  * read(rest, chunk) {
    let bytes = rest.bytes.length === 0 ? chunk : Buffer.concat([rest.bytes, chunk]);
    while (bytes.length >= LENGTH_BYTES) {
      const end = LENGTH_BYTES + bytes.readUInt32BE(0);
      if (bytes.length < end) break;
      yield require('v8').deserialize(Buffer.from(bytes.subarray(LENGTH_BYTES, end)));
      bytes = bytes.subarray(end);
    }
    rest.bytes = Buffer.from(bytes);
  },
};

module.exports = { advanced, json };
