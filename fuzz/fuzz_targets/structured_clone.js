'use strict';

// The program's side of `structured_clone.rs`: reads bytes as values, over and over. What comes in is a length (four
// bytes, the last first) and that many bytes; what goes out is one byte for each, or the end of the process.

const assert = require('assert');
const fs = require('fs');
const util = require('util');
const v8 = require('v8');

function take(length) {
  const bytes = Buffer.alloc(length);
  let at = 0;
  while (at < length) {
    const count = fs.readSync(0, bytes, at, length - at, null);
    if (count === 0) process.exit(0);
    at += count;
  }
  return bytes;
}

/** Whatever the bytes are, they are a value or there is an error; and a value that was read can be written again. */
function read(bytes) {
  let value;
  try {
    value = v8.deserialize(bytes);
  } catch (error) {
    assert(error instanceof Error);
    return 'e';
  }
  util.inspect(value, { depth: 5, maxArrayLength: 10, maxStringLength: 100 });
  let written;
  let copy;
  try {
    written = v8.serialize(value);
    copy = structuredClone(value);
  } catch (error) {
    // Something of WebAssembly's, or nested too deeply.
    assert(error instanceof Error);
    return 'w';
  }
  assert.deepStrictEqual(v8.deserialize(written), value);
  // A Buffer has become a Uint8Array; from then on nothing changes any more.
  assert.deepStrictEqual(structuredClone(copy), copy);
  return 'v';
}

for (;;) {
  const bytes = take(take(4).readUInt32LE());
  fs.writeSync(1, read(bytes));
}
