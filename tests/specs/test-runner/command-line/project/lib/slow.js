const { test } = require('node:test');
test('never ends', () => new Promise(() => {})); test('is quick');
