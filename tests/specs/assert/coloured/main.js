// Differences in colour.
const assert = require('assert');
const show = (f) => {
  try {
    f();
  } catch (error) {
    console.log(JSON.stringify(error.message).replaceAll('\\u001b', '^'));
  }
};
const numbers = (odd) => Array.from({ length: 25 }, (_, i) => (i === odd ? 'odd' : i));
show(() => assert.deepStrictEqual({ a: 1, b: 2 }, { a: 1, b: 3 }));
show(() => assert.deepStrictEqual(numbers(15), numbers()));
show(() => assert.strictEqual('kitten in the kitchen', 'sitting in the kitchen'));
show(() => assert.strictEqual(1, 2));
show(() => assert.strictEqual('a\n'.repeat(50), 'a\n'.repeat(49) + 'b\n'));
show(() => assert.partialDeepStrictEqual({ a: 1, b: 2 }, { b: 3 }));
show(() => assert.notDeepStrictEqual(numbers().concat(numbers(), numbers()), numbers().concat(numbers(), numbers())));
show(() => assert.deepEqual([1], [2]));
show(() => assert.strictEqual(undefined, 'a longer text'));
show(() => assert.ok(0));
