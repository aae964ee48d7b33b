// util.inspect's options.
const { inspect } = require('util');
const deep = { a: { b: { c: { d: { e: 1 } } } } };
console.log(inspect(deep, { depth: 0 }), inspect(deep, { depth: 1 }), inspect(deep, { depth: null }), inspect(deep, false, 10), inspect(deep, { depth: Infinity, compact: false }));
console.log(inspect(Array.from({ length: 10 }, (_, i) => i), { maxArrayLength: 3 }), inspect('x'.repeat(50), { maxStringLength: 10 }), inspect(new Set([1, 2, 3]), { maxArrayLength: 0 }));
console.log(inspect({ a: 1, b: 2, c: 3 }, { breakLength: 10 }), inspect({ a: 1, b: 2 }, { compact: false }), inspect({ a: [1, { b: 2 }] }, { compact: 1 }));
console.log(inspect({ c: 1, a: 2, b: 3 }, { sorted: true }), inspect({ c: 1, a: 2 }, { sorted: (x, y) => (x < y ? 1 : -1) }), inspect({ b: new Set([3, 1]) }, { sorted: true }));
console.log(inspect({ get a() { return { x: 1 }; }, set a(v) {}, get b() { throw new Error('no'); }, set c(v) {} }, { getters: true }), inspect({ get a() { return 1; }, set a(v) {} }, { getters: 'set' }), inspect({ get a() { return 1; } }, { getters: 'get' }));
console.log(inspect([1], { showHidden: true }), inspect(Object.defineProperty({}, 'h', { value: 1 }), { showHidden: true }), inspect(new Map([[1, 2]]), { showHidden: true }), inspect(new WeakSet([[1]]), { showHidden: true }));
console.log(inspect(new Proxy({ a: 1 }, { get() {} }), { showProxy: true }), inspect(new Proxy([1], {}), { showProxy: true, depth: 0 }), inspect(123456789.12345, { numericSeparator: true }), inspect([-1234567n, 1e21, 1234.5678], { numericSeparator: true }));
console.log(inspect({ a: 1n, s: 'str', n: null, u: undefined, f() {}, d: new Date(0), r: /x/, y: Symbol('y'), b: true, [Symbol('k')]: 1, get g() { return 1; } }, { colors: true }));
console.log(inspect('a\'b'), inspect(new String('s')), inspect({ 'a b': 1 }), inspect([,'x']), inspect(Symbol('x y')), inspect([[[[[]]]]], { depth: 2 }), inspect(-0));
console.log(Object.keys(inspect.defaultOptions), inspect.custom, inspect.styles.number, inspect.colors.red);
for (const options of [{ depth: 'x' }, 5, null]) console.log(inspect({ a: { b: {} } }, options));
