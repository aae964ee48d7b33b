// What `ok` quotes of the call that failed: chains of names, comments, texts with parentheses, only the first line.
const assert = require('assert');
const strict = require('assert/strict');
const quoted = (f) => {
  try {
    f();
  } catch (error) {
    console.log(error.message.split('\n').slice(2, -1).join('|'), error.generatedMessage);
  }
};
const o = { a: assert, o: { a: assert }, get: () => o, 'x-y': assert, if: { a: assert } };
const list = [assert];
quoted(() => assert(false));
quoted(() => assert.ok(1 > 2, undefined));
quoted(() => strict(0)); quoted(() => strict.ok(null, null));
quoted(() => { assert(/* a ) comment */ 0 /* ( */); });
quoted(() => { assert(')' === "(" /* ) */); });
quoted(() => { assert(`${')'} (` === ''); });
quoted(() => { assert(/[)\]]/.test('x')); });
quoted(() => { assert(4 / 2 === 1 && ')' / 1); });
quoted(() => { assert({ a: '}' }.a === '('); });
quoted(() => { if (assert(0)) return; });
quoted(() => [o, assert(0)]);
quoted(() => { assert(0); assert(1); });
quoted(() => o.o.a(0)); quoted(() => o['x-y'](0)); quoted(() => list[0](0)); quoted(() => o.get().a(0)); quoted(() => o.if.a(0));
quoted(() => o?.o?.a(0)); quoted(() => o . a /* c */ (0)); quoted(() => (0, o.a)(0));
quoted(() => assert.ok.call(null, 0)); quoted(() => Reflect.apply(assert, null, [0]));
quoted(() => { assert(
  false,
); });
quoted(() => assert
  .ok(
    null,
  ));
quoted(() => new assert.Assert().ok(0));
quoted(() => assert('ü' === 'ö'));
quoted(() => assert(...[0]));
