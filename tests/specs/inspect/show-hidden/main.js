// Hidden properties, properties of classes, and what lost its prototype.
const { inspect } = require('util');
const all = (value) => console.log(inspect(value, { showHidden: true }));
class Base { get own() { return 1; } method() {} }
class Sub extends Base { x = 1; get more() { return 2; } }
all(new Base());
all(new Sub());
all(Object.defineProperty({}, 'a b', { value: 1 }));
all(Object.defineProperty({}, Symbol("it's"), { value: 1 }));
all(new Uint8Array(2));
all(new DataView(new ArrayBuffer(2)));
all(/x/g);
all(new String('abc'));
all(class K { static s() {} });
all(new Map([[1, 2]]).entries());
all({ a: { b: { c: new Base() } } });
console.log(Object.setPrototypeOf([1], Object.prototype), Object.setPrototypeOf(new Map([[1, 2]]), Object.prototype), [Object.setPrototypeOf(new Map([[1, 2]]), null)]);
console.log(new Intl.Collator(), Object.setPrototypeOf((function () { return arguments; })(), null), inspect({ m: Object.setPrototypeOf(new Map([[1, 2]]), null) }, { depth: 0 }));
console.log(Object.create(Object.create(Object.create(null))), Object.getPrototypeOf(Uint8Array.prototype), Map.prototype, TypeError.prototype);
