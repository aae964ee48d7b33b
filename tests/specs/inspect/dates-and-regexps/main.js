// Dates, regular expressions, promises, proxies, weak refs, and other built-in objects.
console.log(new Date(0), [new Date(NaN)], new Date(8.64e15), { d: new Date(1e12) }, Object.assign(new Date(0), { p: 1 }));
console.log(/a/gi, [/x\/y/u], Object.assign(/r/, { p: 1 }), new RegExp(''), class R extends RegExp {}, new (class R extends RegExp {})('q', 'd'));
console.log(Promise.resolve(1), Promise.resolve({ a: [] }), new Promise(() => {}), Object.assign(Promise.resolve(), { extra: 1 }));
const rejected = Promise.reject(new Error('x'));
rejected.catch(() => {});
console.log(require('util').inspect(rejected).split('\n')[1].trim());
console.log(new Proxy({ a: 1 }, {}), new Proxy([1, 2], {}), new Proxy(function f() {}, {}), new Proxy(class K {}, {}), [new Proxy({}, { get() { throw new Error('trap'); } })]);
console.log(new WeakRef({ a: 1 }), Math, JSON, Reflect, Atomics, Intl, globalThis[Symbol.toStringTag], new Intl.NumberFormat('en').constructor);
console.log((function () { return arguments; })(1, 'two'), [(function () { return arguments; })()], Symbol.prototype, Number.prototype, Date.prototype, RegExp.prototype, Promise.prototype);
console.log(Object.prototype, Array.prototype, Map.prototype, String.prototype, Error.prototype, Boolean.prototype, BigInt.prototype);
console.log(new Date('2020-02-30T00:00:00Z'), new FinalizationRegistry(() => {}), Object(1n), new EvalError('x').name);
