// Maps, sets, weak ones, iterators, entries.
console.log(new Map(), new Set(), new Map([[1, 'a'], ['b', { c: 1 }]]), new Set([1, 'a', [2]]), new Map([[{ k: 1 }, new Map([[1, 2]])]]));
console.log(new WeakMap(), new WeakSet(), [new Map()], { set: new Set(['x'.repeat(40), 'y'.repeat(40)]) });
console.log(new Map([[1, 2]]).keys(), new Map([[1, 2]]).values(), new Map([[1, 2]]).entries(), new Set([5]).values(), new Set([5]).entries());
console.log([1, 2][Symbol.iterator](), 'ab'[Symbol.iterator](), 'x'.matchAll(/x/g), (function* g() {})(), (async function* ag() {})());
class MyMap extends Map {}
class MySet extends Set { extra = 1; }
console.log(new MyMap([[1, 2]]), new MySet([1]), Object.assign(new Map([[1, 2]]), { prop: true }));
console.log(new Map(Array.from({ length: 120 }, (_, i) => [i, i])).size, new Set(Array.from({ length: 105 }, (_, i) => i)));
console.log(new Map([['a', new Map([['b', new Map([['c', new Map([['d', 1]])]])]])]]), { m: new Map([['k', { deep: { deeper: {} } }]]) });
console.log(Object.fromEntries(new Map([['a', 1]])), [...new Map([[1, 2]])], Iterator.from([1]), [1].values().map((x) => x));
