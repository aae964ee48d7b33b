// When an object goes on one line and when it is broken.
for (const n of [60, 66, 70, 72, 74, 76, 80]) console.log({ a: 'x'.repeat(n - 10), b: 1 });
console.log({ a: 1, b: 2, c: 3, d: 4, e: 5, f: 6, g: 7, h: 8, i: 9, j: 10, k: 11, l: 12, m: 13, n: 14, o: 15 });
console.log({ a: { b: 1 }, c: { d: 2 } }, { a: { b: { c: 1 } } }, { a: { b: { c: {} } }, d: 1 }, [{ a: 1, b: { c: 3 } }, { a: 2 }]);
console.log({ name: 'package', version: '1.0.0', scripts: { test: 'node test', build: 'tsc -p .' }, dependencies: { a: '^1.0.0', b: '~2.1.0' }, files: ['lib', 'README.md'] });
console.log([['Name', 'Age', 'City'], ['Alice', 30, 'Zürich'], ['Bob', 25, 'New York']], [{ id: 1, tags: ['a', 'b'] }, { id: 2, tags: [] }]);
console.log({ text: 'line one\nline two', nested: { text: 'a\n\nb' } }, ['multi\nline', 'x'], { long: `${'word '.repeat(30)}end` });
console.log({ matrix: [[1, 2, 3], [4, 5, 6], [7, 8, 9]], fn: function named() {}, sym: Symbol('x'), date: new Date(0), re: /x/g, nul: null });
console.log(new Map([['first key', { value: 'some value', other: [1, 2, 3] }], ['second key', { value: 'another value', other: [4, 5, 6] }]]));
console.log({ s: new Set([{ a: 1, b: 2 }, { a: 3, b: 4 }]), emptyMap: new Map(), emptySet: new Set(), buf: Buffer.from('abc') });
