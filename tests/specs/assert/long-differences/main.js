// How long differences are cut: equal lines left out, long texts, many lines.
const assert = require('assert');
const show = (f) => {
  try {
    f();
  } catch (error) {
    console.log(`${error.message}\n=====`);
  }
};
const rows = (n, ...odd) => Array.from({ length: n }, (_, i) => (odd.includes(i) ? { id: i, odd: true } : i));
for (const gap of [5, 6, 7, 8, 9]) show(() => assert.deepStrictEqual(rows(4 + gap, 1, 2 + gap), rows(4 + gap)));
show(() => assert.deepStrictEqual(rows(40, 0, 39), rows(40)));
show(() => assert.deepStrictEqual(rows(12).concat(rows(12)), rows(12)));
show(() => assert.deepStrictEqual({ users: rows(3), text: 'line one\nline two\nline three, which makes it long enough to be broken up', m: new Map([['k', rows(2)]]) }, { users: rows(3, 2), text: 'line one\nline 2\nline three, which makes it long enough to be broken up', m: new Map([['k', rows(2, 1)]]) }));
show(() => assert.strictEqual('x'.repeat(79), 'x'.repeat(78) + 'y'));
show(() => assert.strictEqual(`${'word '.repeat(30)}\nend`, `${'word '.repeat(30)}\nEND`));
show(() => assert.strictEqual([1, 2, 3], { 0: 1 }));
show(() => assert.strictEqual(rows(49), rows(49)));
show(() => assert.notStrictEqual('n'.repeat(60), 'n'.repeat(60)));
show(() => assert.deepEqual('a'.repeat(520), 'b'));
show(() => assert.notDeepEqual({ a: '1'.repeat(1100) }, { a: '1'.repeat(1100) }));
show(() => assert.deepStrictEqual(new Set([{ a: 1 }, 'x', 3]), new Set([{ a: 2 }, 'x', 4])));
show(() => assert.deepStrictEqual([undefined, , null], [undefined, undefined, null]));
show(() => assert.deepStrictEqual(new Error('one'), new Error('two')));
show(() => assert.deepStrictEqual(Object.assign(new TypeError('same'), { code: 'A' }), Object.assign(new TypeError('same'), { code: 'B' })));
