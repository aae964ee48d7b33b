// Values of newer kinds: Temporal, iterator helpers, weak references, disposal stacks, typed arrays with properties, boxes.
const { inspect } = require('util');
console.log(-0, [-0], 0, 1e21, 1e-7, 0x1fffffffffffff, 123456789, 0.1 + 0.2, -1n, NaN, -Infinity);
console.log(inspect([1234567, 1234.5678, -9876543210n, 0.000123, 100, 1e21], { numericSeparator: true }));
console.log(new Number(-0), new Number(3), Object(7n), Object(Symbol('boxed')), new String('abc'), Object.assign(new String('abc'), { prop: 1 }), new Boolean(false), [new String('x')], Object.assign(new Number(1), { p: new String('q') }));
console.log(inspect(new String('abc'), { showHidden: true }), inspect(Object.assign(Object(1n), { a: 1 })), Object.setPrototypeOf(new Number(1), null), new (class Money extends Number {})(5), new (class Name extends String {})('n'));
console.log(Temporal.PlainDate.from('2026-02-03'), Temporal.Duration.from({ hours: 1, minutes: 30 }), [Temporal.PlainTime.from('10:20')], { at: Temporal.Instant.fromEpochMilliseconds(0) });
console.log([1, 2].values(), [1].values().map((x) => x), [1].values().take(1), 'ab'.matchAll(/a/g), new Set([1]).values().drop(1), Iterator.prototype, Iterator);
console.log(new WeakRef({ a: 1 }), new FinalizationRegistry(() => {}), new DisposableStack(), new AsyncDisposableStack(), new SharedArrayBuffer(2), new DataView(new ArrayBuffer(2), 1));
console.log(new Float16Array([1.5, 2]), new BigUint64Array(2), Object.assign(new Uint8Array(2), { named: true }), Object.assign(new ArrayBuffer(1), { x: 1 }), Object.assign(Buffer.from('hi'), { prop: [1] }));
console.log(new Intl.NumberFormat('en'), new Intl.Collator(), Intl, Math, JSON, Reflect, Atomics, globalThis === global);
console.log(Symbol(), Symbol(''), Symbol('with space'), Symbol('quo\'te'), Symbol.iterator, Symbol.for('registered'), [Symbol('in array')], { [Symbol('k')]: { [Symbol.for('l')]: 1 } });
console.log((function () { return arguments; })(1, 'two'), (() => {}).bind(null), Math.max, class extends null {}, class A extends Array {}, (class { static x = 1; }), Object.assign(function f() {}, { a: 1, b() {} }));
console.log(async () => {}, function* gen() {}, async function* agen() {}, Object.setPrototypeOf(() => {}, null), Object.assign(() => {}, { [Symbol.toStringTag]: 'Tagged' }), new Function('a', 'return a'), Object.defineProperty(() => {}, 'name', { value: 5 }));
console.log(Promise.resolve({ deep: { er: { est: 1 } } }), Promise.reject(new Error('r')).catch(() => {}), new Promise(() => {}), Object.assign(Promise.resolve(1), { extra: true }), (async () => { throw 1; })().catch((e) => e) instanceof Promise);
console.log(new Date(8.64e15), new Date(NaN), [new Date(0)], Object.assign(new Date(0), { p: 1 }), new (class MyDate extends Date {})(0), /re/dgimsuy, Object.assign(/x/, { y: 1 }), new (class MyRe extends RegExp {})('z'), [/a/], new RegExp('/'), new RegExp(''));
console.log(new AbortController(), AbortSignal.abort(), new Event('e').type, new TextEncoder(), new URLSearchParams('a=1&b=2&a=3'), new URL('https://user:pw@host:81/p?q#h'), new TextDecoder('utf-16le'));
console.log(structuredClone(new Map([[{ a: 1 }, new Set([1n])]])), Object.groupBy([1, 2, 3], (n) => (n % 2 ? 'odd' : 'even')), Map.groupBy([1, 2], (n) => n), Object.freeze([1]), Object.seal({ a: 1 }), Object.preventExtensions(new Map()));
console.log(new (class Foo { [Symbol.toStringTag] = 'Bar'; x = 1; })(), new (class extends Map { get [Symbol.toStringTag]() { return 'Renamed'; } })([[1, 2]]), Object.create(null, { [Symbol.toStringTag]: { value: 'T' }, x: { value: 1, enumerable: true } }));
