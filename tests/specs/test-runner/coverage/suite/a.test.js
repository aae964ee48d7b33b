const test = require('node:test');

test('one', () => {
  const { five, arrow, K } = require('../lib/many');
  for (let i = 0; i < 5; i++) five(i);
  arrow(1, [1, 2]);
  new K().g;
  require('../lib/deep/crlf').crlf(0);
  require('../lib/deep/er');
  require('../lib/merge').l(0);
});
