// Arrays: grouping of many entries, holes, extra keys, subclasses, limits.
console.log([], [1], [1, 2, 3], [[]], [[[]]], [[[[1]]]], [[[[[1]]]]]);
console.log(Array.from({ length: 30 }, (_, i) => i));
console.log(Array.from({ length: 101 }, (_, i) => i * 100));
console.log(Array.from({ length: 27 }, (_, i) => 'word'.repeat(i % 4)));
console.log([1, , 3], [, ,], new Array(5), [undefined, , null], Object.assign([1, 2], { key: 'v', '-1': 0 }));
class List extends Array {}
console.log(new List(3), List.from([1, 2]), [['a', 1], ['b', 2]], [{ a: 1 }, { b: 2 }]);
console.log(Array.from({ length: 8 }, (_, i) => ({ id: i })), [1.5, -2, 300, 4e10, NaN, 6, 7, 8]);
console.log(['a'.repeat(60), 'b'.repeat(60)], ['a'.repeat(80)], [true, false, null, undefined, true, false, null]);
console.log(Array.from({ length: 7 }, () => 'αβγ'), Array.from({ length: 10 }, (_, i) => '漢字'.repeat(i % 3)), [1n, 22n, 333n, 4n, 5n, 6n, 7n]);
const sparse = [1];
sparse[120] = 2;
console.log(sparse, [['x'.repeat(30), 'y'.repeat(30)], 'z'.repeat(20)]);
