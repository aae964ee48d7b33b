// Plain objects: line breaks, depth, prototypes, accessors, symbols, non-enumerable.
console.log({}, { a: 1 }, { a: { b: { c: { d: 1 } } } }, { a: [{ b: [{}] }] }, { a: { b: { c: {} } } });
console.log({ longPropertyName: 'a long value that takes room', another: 'another long value', third: 3 });
console.log({ a: 1, b: 'x'.repeat(70) }, { fn() {}, arrow: () => {}, async: async () => {}, gen: function* g() {}, cls: class {} });
console.log(Object.create(null), Object.assign(Object.create(null), { a: 1 }), Object.create({ inherited: 1 }), Object.create(Array.prototype));
console.log({ get a() { return 1; }, set a(v) {}, get b() { return 2; }, set c(v) {} });
console.log(Object.defineProperty({ seen: 1 }, 'hidden', { value: 2 }), { [Symbol('a')]: 1, [Symbol.toStringTag]: 'Tagged' });
class Point { constructor() { this.x = 1; this.y = 2; } }
class Point3 extends Point { #secret = 1; z = 3; static origin = 0; get sum() { return 0; } }
class Tagged { get [Symbol.toStringTag]() { return 'MyTag'; } }
console.log(new Point(), new Point3(), Point, Point3, new (class {})(), new Tagged(), new (class extends null { constructor() { return Object.create(new.target.prototype); } })());
console.log({ a: new Point(), b: { c: new Point() } }, Point.prototype, Point3.prototype, Object.setPrototypeOf({ a: 1 }, Point.prototype));
console.log({ undefined: undefined, null: null, true: true, 1: 'one', '01': 'text' }, Object.freeze({ a: 1 }), { __proto__: { a: 1 } }, { ['__proto__']: 1 });
function Legacy() { this.a = 1; }
Legacy.prototype = { b: 2 };
console.log(new Legacy(), (() => { class Foo {} Foo.prototype.constructor = null; return new Foo(); })(), globalThis === global);
