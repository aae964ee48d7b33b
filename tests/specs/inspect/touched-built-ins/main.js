// What is printed of plain values when scripts have changed the language's own classes, and of keys and texts of every length.
const { inspect, types } = require('util');

// The number of kinds is many: optimized code asks in another way.
const values = [
  {}, [], new Map(), new Set(), new Date(0), () => {}, /x/, new Error('e'), Object(1), Object('s'), Object(1n), Object(true),
  Object(Symbol('s')), new Proxy({}, {}), new Proxy([], {}), new Proxy(() => {}, {}), Promise.resolve(), new ArrayBuffer(1),
  new SharedArrayBuffer(1), new DataView(new ArrayBuffer(1)), new Uint8Array(1), new WeakMap(), new WeakSet(),
  new Map().keys(), new Set().values(), (function* () {})(), (function () { return arguments; })(), Object.create(null),
  new (class A {})(), new (class B extends Map {})(), async () => {}, function* () {}, 1, 'text', null, undefined, 10n,
];
const names = Object.keys(types).filter((name) => name.startsWith('is'));
const judge = (value) => names.filter((name) => types[name](value)).join(' ');
const first = values.map(judge);
for (let i = 0; i < 400; i++) {
  values.forEach((value, at) => {
    if (judge(value) !== first[at]) throw new Error(`${first[at]} became ${judge(value)}`);
  });
}
first.forEach((line, at) => console.log(at, line));

// Keys and texts: short and long ones, with and without something to quote.
for (const length of [0, 1, 15, 16, 17, 23, 24, 25, 40]) {
  for (const odd of ['', '_', '0', '-', "'", '"', '`', '\\', '\n', '\x7f', '\x80', 'é', '\ud83d', '😀', '$', '@', '[', '{', '^']) {
    const text = odd + 'k'.repeat(length);
    console.log(inspect({ [text]: text }), inspect(`${'k'.repeat(length)}${odd}`));
  }
}

const all = () => inspect([{}, [], new Map(), new Set(), new Date(0), () => {}, { a: { b: {} } }], { depth: 4 });
console.log(all());

// Classes whose instances are not told by their own prototype.
class Sub extends Map {}
delete Sub.prototype.constructor;
console.log(inspect(new Sub()), inspect(new Sub(), { showHidden: true }));
console.log(inspect(Object.create(Object.create(Map.prototype))), inspect(Map.prototype), inspect(Object.prototype));

// Objects that are of a class of the language's and say something else.
console.log(inspect({ constructor: 1 }), inspect({ constructor: class Own {} }), inspect({ constructor: Map }));
console.log(inspect(Object.assign([1], { constructor: Set })));

const restore = (object, key, change) => {
  const before = Object.getOwnPropertyDescriptor(object, key);
  change();
  console.log(all());
  if (before === undefined) delete object[key];
  else Object.defineProperty(object, key, before);
};
for (const Class of [Object, Array, Map, Set, Date, Function]) {
  restore(Class, 'name', () => Object.defineProperty(Class, 'name', { value: 'Renamed', configurable: true }));
  restore(Class, 'name', () => Object.defineProperty(Class, 'name', { value: '', configurable: true }));
  restore(Class, 'name', () => Object.defineProperty(Class, 'name', { value: 7, configurable: true }));
  restore(Class, Symbol.hasInstance, () => Object.defineProperty(Class, Symbol.hasInstance, { value: () => false, configurable: true }));
  restore(Class.prototype, 'constructor', () => { Class.prototype.constructor = class Other {}; });
  restore(Class.prototype, 'constructor', () => {
    Object.defineProperty(Class.prototype, 'constructor', { get: () => Class, configurable: true });
  });
}
console.log(all());
