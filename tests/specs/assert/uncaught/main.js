// An assertion that fails, uncaught.
const assert = require('assert');
assert.deepStrictEqual({ total: 3, items: ['a', 'b'] }, { total: 2, items: ['a'] });
