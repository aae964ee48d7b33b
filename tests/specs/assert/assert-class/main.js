// Assert: assertions with their own settings.
const assert = require('assert');
const { Assert } = assert;
const message = (f) => {
  try {
    f();
    return 'passed';
  } catch (error) {
    return `${error.name} ${error.code} ${error.diff}: ${error.message}`;
  }
};
console.log(new Assert(), new Assert({ strict: false }), Object.keys(Assert.prototype));
for (const bad of [() => Assert(), () => new Assert(1), () => new Assert({ diff: 'half' }), () => new Assert({ diff: 'full' })]) console.log(message(bad));
const strict = new Assert();
const loose = new Assert({ strict: false });
console.log(message(() => strict.equal(1, '1')), message(() => loose.equal(1, '1')), strict.equal.name, loose.equal.name);
console.log(message(() => strict.deepEqual([1], ['1'])), message(() => loose.deepEqual([1], ['1'])));
const lines = (n, odd) => Array.from({ length: n }, (_, i) => (i === odd ? 'odd' : i));
const full = new Assert({ diff: 'full' });
console.log(message(() => full.strictEqual(lines(56), lines(56))).split('\n').length, message(() => strict.strictEqual(lines(56), lines(56))).split('\n').length);
console.log(message(() => full.deepStrictEqual(lines(30, 3), lines(30, 25))));
console.log(message(() => full.fail('on purpose')), message(() => full.throws(() => {})), message(() => full.match('a', /b/)));
const { deepEqual } = full;
console.log(message(() => deepEqual(1, 2)));
class A { x = 1; }
class B { x = 1; }
console.log(message(() => new Assert({ skipPrototype: true }).deepStrictEqual(new A(), new B())), message(() => new Assert().deepStrictEqual(new A(), new B())));
console.log(message(() => new Assert({ skipPrototype: true }).deepStrictEqual([new A()], [{ x: 2 }])));
console.log(strict.AssertionError === assert.AssertionError, strict instanceof Assert, Reflect.ownKeys(strict).length, 'strict' in strict, 'Assert' in strict);
