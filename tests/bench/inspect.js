// Printing of values as `console.log` prints them.
const { inspect } = require('util');

const value = { name: 'a', list: [1, 2, { deep: new Map([['k', new Set([1])]]) }], when: new Date(0), f() {}, text: 'it\'s' };
const start = process.hrtime.bigint();
let length = 0;
for (let i = 0; i < 20_000; i++) length += inspect(value, { depth: 5 }).length;
if (length === 0) process.exit(1);
console.log('ms', Number(process.hrtime.bigint() - start) / 1e6);
