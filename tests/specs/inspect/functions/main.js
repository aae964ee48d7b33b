// Functions and classes.
function named() {}
const withProps = Object.assign(function f() {}, { a: 1, b: { c: 2 } });
console.log(named, () => {}, function () {}, async () => {}, async function an() {}, function* g() {}, async function* ag() {}, withProps);
console.log(class {}, class A {}, class B extends Map {}, class C extends null {}, class D extends class {} {}, class { static name = 5; });
console.log([named, class A {}], { m() {}, get: () => {}, [Symbol('s')]() {} }, named.bind(null), Math.max, Object, Map, Symbol);
console.log(Object.setPrototypeOf(function nop() {}, null), Object.assign(class P {}, { s: 1 }), Proxy, Function.prototype, new Function('a', 'return a'));
const anonymousNamed = { value: function () {} };
console.log(anonymousNamed, Object.defineProperty(() => {}, 'name', { value: 'with space' }), Object.defineProperty(() => {}, 'name', { value: '' }));
