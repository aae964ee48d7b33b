// Hooks, their order and what their failures do.
const { after, afterEach, before, beforeEach, describe, it, test } = require('node:test');

const order = [];
const note = (word) => (t) => { order.push(`${word} ${t.name}`); };
before(note('before')); after((t) => { note('after')(t); console.log(order.join('\n')); });
beforeEach(note('beforeEach')); afterEach(note('afterEach'));
describe('outer', () => {
  before(note('outer before')); after(note('outer after'));
  beforeEach(note('outer beforeEach')); afterEach(note('outer afterEach'));
  it('1', note('run'));
  describe('inner', () => { beforeEach(note('inner beforeEach')); afterEach(note('inner afterEach')); it('2', note('run')); });
});
test('with own hooks', async (t) => {
  t.before(note('t.before')); t.after(note('t.after')); t.beforeEach(note('t.beforeEach')); t.afterEach(note('t.afterEach'));
  await t.test('sub', note('run'));
});
describe('before throws', () => { before(() => { throw new Error('b'); }); after(note('still after')); it('x', note('never')); });
describe('beforeEach throws', () => { beforeEach(() => { throw new Error('be'); }); afterEach(note('still afterEach')); it('x', note('never')); });
describe('afterEach throws', () => { afterEach(() => { throw new Error('ae'); }); it('x', note('run')); });
describe('after throws', () => { after(() => { throw new Error('a'); }); it('x', note('run')); });
describe('takes too long', () => { before(() => new Promise(() => {}), { timeout: 20 }); it('x', note('never')); });
test('skipped in the middle', (t) => { t.skip('after all'); });
test('plan', (t) => { t.plan(2); t.assert.ok(true); t.test('counts', () => {}); });
test('plan waits', (t) => { t.plan(1, { wait: 5000 }); setTimeout(() => t.assert.ok(true), 20); });
test('plan in vain', (t) => { t.plan(1, { wait: 20 }); });
test('waitFor', async (t) => { let n = 0; console.log(await t.waitFor(() => { if (++n < 3) throw new Error('not yet'); return n; }, { interval: 1 })); });
