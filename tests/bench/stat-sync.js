// Looking at a file that is there and one that is not.
const fs = require('fs');

const start = process.hrtime.bigint();
let there = 0;
for (let i = 0; i < 100_000; i++) {
  if (fs.statSync(__filename).isFile()) there++;
  if (fs.existsSync(`${__filename}.missing`)) there++;
}
if (there !== 100_000) process.exit(1);
console.log('ms', Number(process.hrtime.bigint() - start) / 1e6);
