const { test } = require('node:test');
test('one', () => {}); test('two', { skip: 'not today' }, () => {}); test('three', { todo: true }, () => { throw new Error('later'); });
