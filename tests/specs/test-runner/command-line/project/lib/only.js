const { test, describe, it } = require('node:test');
test('not this'); test('this', { only: true }, async (t) => { await t.test('all inside'); });
describe('suite', () => { it('no'); it.only('yes'); });
