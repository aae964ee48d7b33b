'use strict';
const { after, before, beforeEach, describe, it, test } = require('node:test');
const { log } = console;

const print = process.stdout.write;
// Times differ from run to run.
process.stdout.write = function write(text, ...rest) {
  return Reflect.apply(print, this, [String(text).replace(/\([\d.]+ms\)/g, '(N ms)').replace(/duration_ms .*/, 'duration_ms N'), ...rest]);
};

before(() => log('before all'));
after(() => {});
test('synchronous', () => {});
log('the script goes on');
test('with subtests', async (t) => {
  t.beforeEach(() => {});
  await t.test('first', (t) => t.diagnostic(`${t.name} | ${t.fullName}`));
  await t.test('skipped', { skip: true }, () => log('never'));
  t.diagnostic('a note');
});
test('with a callback', (t, done) => setImmediate(done));
test('to do', { todo: 'later' });
test.skip('not now', () => log('never'));
describe('a suite', () => {
  beforeEach(() => {});
  it('waits', async () => { await null; });
  describe('inside', () => {
    it('is deep', (t) => { t.plan(2); t.assert.ok(true); t.assert.strictEqual(1, 1); });
  });
});
log('end of the script');
