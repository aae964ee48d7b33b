const { describe, it, test } = require('node:test');
const assert = require('node:assert');

test('passes', (t) => t.diagnostic('a word about # it'));
test('compares', () => assert.deepStrictEqual({ a: 1, list: [1, { b: null }], text: "it's" }, { a: 2, list: [], text: 'is' }));
test('throws a text', () => { throw 'just <text> & "quotes"'; });
test('a name with # and \\ and\nlines', { skip: 'no # reason' });
test('still to do', { todo: 'soon' }, () => { throw new Error('of course'); });
test('is expected to fail', { expectFailure: 'known' }, () => { throw new Error('as said'); });
test('passes unexpectedly', { expectFailure: true }, () => {});
describe('suite', () => {
  it('a', (t, done) => setImmediate(done));
  describe('deeper', () => it('b', async () => { await 1; throw Object.assign(new Error('with code'), { code: 'E_OWN' }); }));
});
test('has subtests', async (t) => {
  await t.test('one');
  await t.test('two', () => { throw null; });
});
