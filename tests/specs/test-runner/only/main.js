// Tests marked with `only` are enough to run no others.
const { describe, it, test } = require('node:test');
test('not this', () => console.log('wrong'));
test('this', { only: true }, async (t) => {
  await t.test('inside');
  t.runOnly(true);
  await t.test('not inside', () => console.log('wrong'));
  await t.test('marked inside', { only: true });
});
describe('has a marked one', () => { it('no', () => console.log('wrong')); it.only('yes', () => {}); });
describe.only('all of it', () => { it('a', () => {}); it('b', { only: false }, () => console.log('wrong')); });
describe('none', () => { it('c', () => console.log('wrong')); });
