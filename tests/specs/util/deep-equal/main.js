// isDeepStrictEqual on the difficult cases.
const { isDeepStrictEqual: eq } = require('util');
const cases = [[NaN, NaN], [0, -0], [[1, , 3], [1, undefined, 3]], [{ a: undefined }, {}], [new Set([1, { a: 1 }]), new Set([{ a: 1 }, 1])], [new Map([[{ k: 1 }, 1]]), new Map([[{ k: 1 }, 1]])],
  [new Date(0), new Date(0)], [/a/g, /a/i], [new Error('x'), new Error('x')], [new Error('x'), new TypeError('x')], [Object(1), Object(1)], [Object('a'), 'a'], [[1, 2], { 0: 1, 1: 2, length: 2 }],
  [Buffer.from('a'), new Uint8Array([97])], [new Float32Array([0]), new Float32Array([-0])], [{ [Symbol.for('s')]: 1 }, { [Symbol.for('s')]: 1 }], [() => {}, () => {}], [new WeakMap(), new WeakMap()],
  [Object.create(null), {}], [new (class A {})(), new (class A {})()], [Symbol.for('x'), Symbol.for('x')], [1n, 1n], [[[[]]], [[[]]]], [new Map([[1, undefined]]), new Map([[2, undefined]])]];
for (const [a, b] of cases) console.log(eq(a, b), a, b);
const x = {}, y = {};
x.self = x;
y.self = y;
console.log(eq(x, y), eq({ a: x }, { a: y }));
