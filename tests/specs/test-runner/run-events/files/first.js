const { test, describe, it } = require('node:test');
test('parent', async (t) => { t.diagnostic('said'); await t.test('sub', () => {}); await t.test('sub that fails', () => { throw new Error('no'); }); });
describe('suite', () => { it('x', { skip: 'why' }); it('y', { todo: true }, () => {}); });
