const { test } = require('node:test');
test('leaves something behind', () => { setInterval(() => {}, 1e6); });
