// Every kind of value in colour; styles can be changed.
const { inspect } = require('util');
const show = (value, options) => console.log(JSON.stringify(inspect(value, { colors: true, ...options })).replaceAll('\\u001b', '^'));
for (const value of [1, -0, 10n, 'text', true, undefined, null, Symbol('s'), () => {}, function named() {}, class A {}, /re(g)ex[p]\d+?/giu, new Date(0), new Date(NaN), new Error('e').message]) show(value);
show({ a: 1, 'b-c': 'x', [Symbol('k')]: null, get g() { return 1; }, set s(v) {}, nested: { deep: { er: { est: 1 } } } });
show([1, , 'x', [undefined]]); show(new Map([['k', 1n]])); show(new Set([true])); show(new Proxy({}, {}), { showProxy: true });
show(Array.from({ length: 8 }, (_, i) => i)); show(['a\nb'.repeat(10)]); show(Promise.resolve(1)); show(new Promise(() => {})); show(new WeakSet()); show(new Number(1)); show(new String('s')); show(Object(Symbol('o')));
show(Array.from({ length: 101 }, () => 0), { maxArrayLength: 1 }); show('long text', { maxStringLength: 4 }); show(new Uint8Array(2)); show(new ArrayBuffer(1)); show(Object.assign([1], { extra: 'e' })); show([new Date(0), /x/]);
const circular = { a: {} };
circular.a.b = circular;
show(circular); show(Object.create(null)); show(Object.assign(() => {}, { p: 1 })); show(new (class Foo { x = 'y'; })()); show({ [inspect.custom]: (d, o) => o.stylize('styled', 'special') + o.stylize('?', 'nothing') });
const { number } = inspect.styles;
inspect.styles.number = 'red';
show(5);
inspect.styles.number = number;
inspect.styles.string = 'nonsense';
show('unstyled');
inspect.styles.string = 'green';
console.log(inspect.styles, Object.keys(inspect.colors).join(' '));
