// Errors of `finally`, of getters, of conversions, and of handlers that hide or replace the first one.
const tell = (name, f) => {
  try {
    console.log(name, 'returned', f());
  } catch (error) {
    console.log(name, 'threw', error instanceof Error ? `${error.name}: ${error.message}` : error);
  }
};
const boom = (what) => { throw new Error(what); };
tell('finally replaces', () => { try { boom('first'); } finally { boom('second'); } });
tell('finally returns', () => { try { boom('hidden'); } finally { return 'from finally'; } });
tell('catch rethrows with a cause', () => { try { boom('low'); } catch (cause) { throw new Error(`high, ${cause.message}`, { cause }); } });
tell('break in finally', () => { for (;;) { try { boom('lost'); } finally { break; } } return 'after the loop'; });
tell('value kept', () => { let x = 1; try { return x; } finally { x = 2; } });
tell('toString', () => `${{ toString() { boom('in toString'); } }}`);
tell('toPrimitive', () => +{ [Symbol.toPrimitive]: () => ({}) });
tell('valueOf', () => 1 + { valueOf() { boom('in valueOf'); } });
tell('JSON', () => JSON.stringify({ toJSON() { boom('in toJSON'); } }));
tell('JSON circle', () => { const o = { a: {} }; o.a.b = o; return JSON.stringify(o); });
tell('JSON big', () => JSON.stringify({ n: 1n }));
tell('JSON.parse', () => JSON.parse('{"a": }'));
tell('JSON.parse empty', () => JSON.parse(''));
tell('destructure', () => { const { a } = null; return a; });
tell('destructure deep', () => { const { a: { b } } = {}; return b; });
tell('destructure array', () => { const [a] = {}; return a; });
tell('call', () => { const o = {}; return o.method(); });
tell('call deep', () => { const o = { a: { b: 5 } }; return o.a.b.c.d(); });
tell('new', () => new (() => {})());
tell('class', () => { class A {} return A(); });
tell('const', () => { const c = 1; c = 2; return c; });
tell('dead zone', () => { return later; let later = 1; });
tell('undeclared', () => notDeclaredAnywhere);
tell('private', () => { class P { #x = 1; static read(o) { return o.#x; } } return P.read({}); });
tell('super', () => { class Q extends Object { constructor() { /* no super */ } } return new Q(); });
tell('spread', () => [...5]);
tell('iterator', () => { for (const x of { [Symbol.iterator]() { return {}; } }) return x; });
tell('instanceof', () => ({}) instanceof 5);
tell('in', () => 'a' in 'text');
tell('symbol', () => `${Symbol('s')}`);
tell('bigint', () => 1n + 1);
tell('array length', () => new Array(-1));
tell('repeat', () => 'x'.repeat(-1));
tell('toFixed', () => (1).toFixed(101));
tell('date', () => new Date(NaN).toISOString());
tell('frozen', () => { 'use strict'; Object.freeze([1]).push(2); });
tell('undefined property', () => { 'use strict'; Object.defineProperty({}, 'x', { value: 1 }).x = 2; });
tell('proxy', () => { const { proxy, revoke } = Proxy.revocable({}, {}); revoke(); return proxy.x; });
tell('regexp', () => new RegExp('['));
tell('normalize', () => 'x'.normalize('NFX'));
tell('uri', () => decodeURIComponent('%'));
tell('reduce', () => [].reduce(() => {}));
tell('weak', () => new WeakMap().set(1, 1));
tell('bigint conversion', () => BigInt(1.5));
tell('generator running', () => { const g = (function* () { g.next(); })(); g.next(); });
tell('atomics', () => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 0));
