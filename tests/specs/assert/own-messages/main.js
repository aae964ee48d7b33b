// Messages of the caller's: texts with values, functions, errors, and what cannot be one.
const assert = require('assert');
const show = (f) => {
  try {
    f();
    console.log('passed');
  } catch (error) {
    console.log(`${error.name} ${error.code} ${error.generatedMessage}: ${error.message}`);
  }
};
show(() => assert.strictEqual(1, 2, 'got %s of %d', 'one', 7));
show(() => assert.equal(1, 2, 'text', { extra: 1 }));
show(() => assert.ok(false, 'rate %i%%', 42.5));
show(() => assert(0, (actual, expected) => `made of ${actual} and ${expected}`));
show(() => assert.deepStrictEqual([1], [2], (actual, expected) => `${actual} is not ${expected}`));
show(() => assert.ok(0, () => { throw new Error('while making the message'); }));
show(() => assert.strictEqual(1, 2, () => 5));
show(() => assert.ok(0, new RangeError('an error of my own')));
show(() => assert.ok(0, new RangeError('with more'), 1));
show(() => assert.ok(0, function named() {}, 1));
show(() => assert.ok(0, () => 'anonymous', 1));
for (const bad of [5, {}, [], true, Symbol('s'), null, undefined]) {
  show(() => assert.strictEqual(1, 2, bad));
  show(() => assert.ok(0, bad));
}
show(() => assert.strictEqual(1, 1, 5));
show(() => assert.strictEqual(1, 2, ''));
show(() => assert.ok(0, ''));
show(() => assert.deepEqual({ a: 1 }, { a: 2 }, 'loose'));
show(() => assert.notDeepStrictEqual([1], [1], 'not'));
show(() => assert.match('abc', /x/, 'no %s', 'match'));
show(() => assert.fail());
show(() => assert.fail(new TypeError('passed on')));
show(() => assert.equal(1));
show(() => assert.notStrictEqual());
show(() => assert.throws(() => {}, 'the message'));
show(() => assert.throws(() => { throw new Error('same'); }, 'same'));
show(() => assert.throws(() => { throw 'same'; }, 'same'));
show(() => assert.throws(() => { throw new Error('x'); }, 'text', 'text'));
show(() => assert.throws(() => { throw new Error('x'); }, {}));
show(() => assert.throws(() => { throw new Error('x'); }, 5));
show(() => assert.doesNotThrow(() => { throw new Error('x'); }, 'why'));
show(() => assert.doesNotThrow(() => { throw new Error('x'); }, TypeError));
show(() => assert.doesNotThrow(() => { throw new Error('x'); }, /x/, 'pattern'));
show(() => assert.throws(() => { throw null; }, { message: 'x' }));
show(() => assert.throws(() => { throw { a: 1, b: { c: 2 } }; }, { a: 1, b: { c: 3 } }));
show(() => assert.throws(() => { throw new Error('x', { cause: 1 }); }, new Error('x', { cause: 2 })));
