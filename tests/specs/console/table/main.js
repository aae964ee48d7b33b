// Tables of every kind of data.
console.table([{ a: 1, b: 'x' }, { a: 2, c: true }]);
console.table([[1, 2], [3, 4, 5]]);
console.table(['apples', 'oranges']);
console.table({ one: { v: 1 }, two: { v: 2 } });
console.table([{ a: 1, b: 2 }, { a: 3, b: 4 }], ['b']);
console.table(new Map([['k1', 'v1'], ['k2', { x: 1 }]]));
console.table(new Set([1, 'two']));
console.table([1, { a: 1 }, [2], null, undefined]);
console.table([]);
console.table('not tabular');
console.table(5);
console.table(null);
console.table([{ wide: '漢字', emoji: '😀', accent: 'é' }]);
console.table([{ nested: { deep: { deeper: 1 } }, fn() {}, sym: Symbol('s') }]);
console.table({ a: 1, b: 'two', c: [3] });
console.table([{ a: 1 }], ['missing']);
console.table(new Map([[{ key: 1 }, 'object key']]).entries());
