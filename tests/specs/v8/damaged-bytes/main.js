'use strict';

// Written values with the same damage, always: what is read is a value or an error, and a value can be written again.

const assert = require('assert');
const { createHash } = require('crypto');
const util = require('util');
const v8 = require('v8');

const circular = {};
circular.self = circular;
const withStack = (error) => Object.assign(error, { stack: `${error}\n    at there (here.js:1:2)` });
const seeds = [
  1, -1, 1.5, NaN, 'latin', 'ünï→', 10n ** 30n, -5n, null, undefined, true, new Date(5), /a+/gi,
  [1, , 3], Object.assign([1, 2], { x: 1 }), { a: 1, b: { c: [] } }, new Map([[1, { a: 2 }], ['x', new Set([1, 2])]]),
  new Set(['a']), Buffer.from('abc'), new Uint8Array(5), new Float64Array([1, 2]), new DataView(new ArrayBuffer(8), 2, 3),
  new ArrayBuffer(4), Object('text'), Object(1), Object(5n), Object(true), withStack(new Error('x', { cause: 1 })),
  withStack(new RangeError('q')), [[[[[[]]]]]], circular, new BigInt64Array(2), Array.from({ length: 50 }, (_, i) => ({ i })),
  new ArrayBuffer(4, { maxByteLength: 8 }),
].map((value) => v8.serialize(value));

let state = 12345;
function random(below) {
  state = (Math.imul(state, 1103515245) + 12345) >>> 0;
  return (state >>> 8) % below;
}

function damaged() {
  let bytes = Buffer.from(seeds[random(seeds.length)]);
  for (let times = 1 + random(4); times > 0 && bytes.length > 2; times--) {
    const at = 2 + random(bytes.length - 2);
    const way = random(5);
    if (way === 0) bytes[at] = random(256);
    else if (way === 1) bytes[at] ^= 1 << random(8);
    else if (way === 2) bytes = bytes.subarray(0, at);
    else if (way === 3) bytes = Buffer.concat([bytes.subarray(0, at), Buffer.from([random(256)]), bytes.subarray(at)]);
    else bytes = Buffer.concat([bytes.subarray(0, at), seeds[random(seeds.length)].subarray(2)]);
  }
  return bytes;
}

const seen = createHash('sha1');
const counts = { values: 0, errors: 0 };
for (let i = 0; i < 5000; i++) {
  let value;
  try {
    value = v8.deserialize(damaged());
  } catch (error) {
    assert(error instanceof Error);
    counts.errors++;
    seen.update('e');
    continue;
  }
  counts.values++;
  // The memory around a view of bytes may be anything.
  const text = util.inspect(value, { depth: 3, maxArrayLength: 10, maxStringLength: 100 });
  seen.update(ArrayBuffer.isView(value) ? `v${value.byteLength}` : text);
  assert.deepStrictEqual(v8.deserialize(v8.serialize(value)), value);
  const copy = structuredClone(value);
  // A Buffer has become a Uint8Array; from then on nothing changes any more.
  assert.deepStrictEqual(structuredClone(copy), copy);
}
console.log(counts, seen.digest('hex'));
