const { test } = require('node:test');
test('breaks', () => { throw new Error('broken'); });
