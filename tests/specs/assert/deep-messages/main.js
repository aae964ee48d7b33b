// Differences that deepStrictEqual shows.
const assert = require('assert/strict');
const t = (a, b, ...m) => { try { assert.deepEqual(a, b, ...m); console.log('passed'); } catch (e) { console.log(`${e.message}\n---`); } };
t({ a: 1, b: 2 }, { a: 1, b: 3 });
t([1, 2, 3], [1, 2, 3, 4]);
t({ a: [1, { b: 2 }] }, { a: [1, { b: '2' }] });
t(new Map([['k', 1]]), new Map([['k', 2]]));
t(new Set([1, 2]), new Set([1, 3]));
t([1, 2], { 0: 1, 1: 2 });
t({ a: 1 }, { a: 1, b: undefined });
t(new Date(0), new Date(1));
t(/a/g, /a/i);
t(Array.from({ length: 60 }, (_, i) => i), Array.from({ length: 60 }, (_, i) => (i === 30 ? -1 : i)));
t('multi\nline\ntext', 'multi\nother\ntext');
t(Object.create(null), {});
t(new (class A {})(), new (class B {})());
t({ f() {} }, { f() {} });
t([[[[1]]]], [[[[2]]]]);
t({ a: 1 }, { a: 1 });
t(NaN, NaN);
t([0], [-0]);
t({ x: 'same', y: 'same', z: [1, 2, 3], w: 'left' }, { x: 'same', y: 'same', z: [1, 2, 3], w: 'right' });
t({}, { a: 1 }, 'own message');
try { assert.notDeepEqual({ a: 1 }, { a: 1 }); } catch (e) { console.log(e.message); }
try { assert.partialDeepStrictEqual({ a: 1, b: 2 }, { a: 2 }); } catch (e) { console.log(e.message); }
assert.partialDeepStrictEqual({ a: 1, b: { c: 2, d: 3 } }, { b: { c: 2 } });
