// Proxies, accessors and inherited things: inspecting runs none of the script's code unless asked to.
const { inspect } = require('util');
const noisy = new Proxy({ a: 1, nested: { b: 2 } }, {
  get(target, key) { console.log('trap get', String(key)); return target[key]; },
  ownKeys(target) { console.log('trap ownKeys'); return Reflect.ownKeys(target); },
  getPrototypeOf() { console.log('trap getPrototypeOf'); return null; },
  getOwnPropertyDescriptor(target, key) { console.log('trap descriptor'); return Reflect.getOwnPropertyDescriptor(target, key); },
});
console.log(inspect(noisy), inspect(noisy, { showProxy: true }), inspect([noisy, noisy]));
console.log(inspect(new Proxy(function f() {}, {})), inspect(new Proxy(class A {}, {})), inspect(new Proxy([1, 2], {})), inspect(new Proxy(new Map([[1, 2]]), {})), inspect(new Proxy(new Error('in a proxy'), {})).split('\n')[0]);
console.log(inspect(new Proxy(new Proxy({ x: 1 }, {}), {}), { showProxy: true }), inspect(new Proxy({}, { a: 1 }), { showProxy: 1 }));
const { proxy, revoke } = Proxy.revocable({ a: 1 }, {});
revoke();
console.log(inspect(proxy), inspect([proxy]), inspect(proxy, { showProxy: true }));
let reads = 0;
const accessors = {
  get read() { return ++reads; },
  set write(value) { throw value; },
  get both() { return { deep: { er: { est: {} } } }; }, set both(value) {},
  get fails() { throw 'no value'; },
  get self() { return this; },
  get [Symbol('key')]() { return 'by symbol'; },
};
console.log(accessors, reads);
console.log(inspect(accessors, { getters: true, depth: 1 }), reads);
console.log(inspect(accessors, { getters: 'get' }), inspect(accessors, { getters: 'set' }));
class Temperature { #c = 20; get celsius() { return this.#c; } static get zero() { return -273; } static unit = 'C'; }
console.log(new Temperature(), Temperature, inspect(new Temperature(), { showHidden: true }), inspect(Temperature, { showHidden: true }));
console.log(Object.create({ inherited: 1 }), Object.create(Object.create({ far: 1 }), { own: { value: 2, enumerable: true }, hidden: { value: 3 } }));
console.log(inspect(Object.create({}, { hidden: { value: 3 }, shown: { get() { return 1; }, enumerable: true } }), { showHidden: true }));
const throwing = { [inspect.custom]() { throw new Error('from custom'); } };
try { inspect(throwing); } catch (error) { console.log(error.message); }
console.log(inspect(throwing, { customInspect: false }), inspect({ [inspect.custom]: 5 }), inspect({ inspect: () => 'the old way' }));
console.log(inspect(new Proxy({ [inspect.custom]: () => 'custom of the target' }, {})), inspect(new (class { [inspect.custom](depth, options, inner) { return `${depth} ${typeof options.stylize} ${inner === inspect}`; } })()));
console.log(inspect({ toString() { throw new Error('never called'); }, valueOf() { throw new Error('never called'); } }), inspect(Object.assign(() => {}, { toString: null })));
