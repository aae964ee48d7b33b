// Names of constructors and prototypes in odd cases.
const { inspect } = require('util');
class Base {}
class Derived extends Base {}
console.log(Object.create(Derived.prototype), Object.create(Object.create(Base.prototype)), Object.create(Object.create(null)));
const noConstructor = new Base();
noConstructor.constructor = 'own property';
console.log(noConstructor, Object.create({ constructor: { name: 'Fake' } }), Object.create({ constructor: function Made() {} }));
console.log(Object.assign(Object.create({ [Symbol.toStringTag]: 'Tag' }), { a: 1 }), { [Symbol.toStringTag]: 'Own' }, { [Symbol.toStringTag]: '' }, Object.setPrototypeOf(new Map([[1, 2]]), null));
console.log(Object.setPrototypeOf([1, 2], null), Object.setPrototypeOf(new Date(0), null), Object.setPrototypeOf(/x/, null), Object.setPrototypeOf(new Uint8Array(1), null), Object.setPrototypeOf(Promise.resolve(1), null));
class StringTag { get [Symbol.toStringTag]() { return 'StringTag'; } }
class Odd { get [Symbol.toStringTag]() { return 'Odd tag'; } static [Symbol.toStringTag] = 'x'; }
console.log(new StringTag(), new Odd(), Odd, inspect(new (class extends Derived {})()), Object.create(Function.prototype));
console.log(new (class Foo extends Array {})(2), new (class extends Map {})(), new (class Bar extends Promise {})(() => {}), new (class Baz extends Error {})('x').name);
console.log(Object.defineProperty({}, Symbol.toStringTag, { get() { throw new Error('tag'); }, enumerable: false }) instanceof Object);
console.log({ __proto__: null, a: 1, [Symbol.toStringTag]: 'NullTag' }, { __proto__: Derived.prototype, a: { __proto__: null } }, Reflect.ownKeys(Base));
