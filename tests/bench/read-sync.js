// A small file, read synchronously again and again.
const fs = require('fs');

const start = process.hrtime.bigint();
let length = 0;
for (let i = 0; i < 20_000; i++) length += fs.readFileSync(__filename, 'utf8').length;
if (length !== 20_000 * fs.statSync(__filename).size) process.exit(1);
console.log('ms', Number(process.hrtime.bigint() - start) / 1e6);
