const test = require('node:test');

test('two', async () => {
  require('../lib/merge').l(1);
  require('../lib/deep/crlf').crlf(1);
  const { typed } = await import('../lib/typed.ts');
  typed(1);
});
