// partialDeepStrictEqual: what the expected value may leave out, and what not.
const assert = require('assert');
const holds = (actual, expected) => {
  try {
    assert.partialDeepStrictEqual(actual, expected);
    return true;
  } catch (error) {
    return error.code === 'ERR_ASSERTION' ? false : error.message;
  }
};
const list = (...pairs) => console.log(pairs.map(([a, b]) => holds(a, b)).join(' '));
const key = Symbol('key');
list([{ a: 1, b: 2 }, { b: 2 }], [{ a: { b: 1, c: 2 } }, { a: { c: 2 } }], [{}, {}], [{ a: 1 }, {}], [{}, { a: undefined }], [{ a: 1 }, { a: '1' }]);
list([[1, 2, 3], [1, 3]], [[1, 2, 3], [3, 1]], [[1, 2], [1, 2, 3]], [[1, 1, 2], [1, 2]], [[{ a: 1, b: 2 }, { c: 3 }], [{ b: 2 }]], [[[1, 2], [3]], [[2]]]);
list([[1, 2, 3], [, 2]], [[undefined], [,]], [[,], [undefined]], [[1, 2], []], [[1], { 0: 1 }]);
list([new Set([1, 2, 3]), new Set([3, 1])], [new Set([{ a: 1, b: 2 }]), new Set([{ a: 1 }])], [new Set([1]), new Set([1, 2])], [new Set([{ a: 1 }]), new Set([{ a: 2 }])]);
list([new Map([['a', 1], ['b', 2]]), new Map([['b', 2]])], [new Map([['a', { x: 1, y: 2 }]]), new Map([['a', { y: 2 }]])], [new Map([['a', 1]]), new Map([['a', 2]])], [new Map([[{ k: 1, l: 2 }, 1]]), new Map([[{ k: 1 }, 1]])]);
list([{ a: 1, [key]: 2 }, { a: 1 }], [{ a: 1 }, { [key]: 2 }], [{ [key]: { a: 1, b: 2 } }, { [key]: { a: 1 } }]);
list([new Uint8Array([1, 2, 3]), new Uint8Array([1, 3])], [new Uint8Array([1, 2]), new Uint8Array([2, 1])], [new Uint8Array([1]), new Int8Array([1])], [new Float64Array([1, NaN]), new Float64Array([NaN])]);
list([new Error('m', { cause: 1 }), new Error('m')], [new Error('m'), new Error('m', { cause: 1 })], [new Error('a'), new Error('b')], [new TypeError('m'), new Error('m')], [Object.assign(new Error('m'), { code: 1 }), new Error('m')]);
list([new Date(0), new Date(0)], [new Date(0), new Date(1)], [/a/g, /a/g], [/a/g, /a/], ['abc', 'ab'], [1, 1], [NaN, NaN], [0, -0], [null, undefined]);
class Point { x = 1; y = 2; }
list([new Point(), { x: 1 }], [{ x: 1, y: 2 }, new Point()], [{ x: 1 }, { __proto__: null, x: 1 }], [{ get a() { return { x: 1, y: 2 }; } }, { a: { x: 1 } }]);
const circular = { a: 1 };
circular.self = circular;
const other = { a: 1 };
other.self = other;
list([circular, other], [{ a: 1, self: { a: 1 } }, other]);
assert.throws(() => assert.partialDeepStrictEqual([1, { a: 1, b: [2] }, 3], [{ b: [4] }]), (error) => {
  console.log(error.message);
  return true;
});
