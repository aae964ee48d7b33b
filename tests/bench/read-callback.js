// A small file, read with callbacks, twenty reads under way at any time.
const fs = require('fs');

const start = process.hrtime.bigint();
let toStart = 10_000;
let toEnd = toStart;
function next() {
  if (toStart-- <= 0) return;
  fs.readFile(__filename, (error, data) => {
    if (error || data.length === 0) process.exit(1);
    if (--toEnd === 0) console.log('ms', Number(process.hrtime.bigint() - start) / 1e6);
    next();
  });
}
for (let i = 0; i < 20; i++) next();
