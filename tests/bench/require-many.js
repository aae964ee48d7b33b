// A thousand small modules, each of which requires a few others.
const fs = require('fs');
const os = require('os');
const path = require('path');

const count = 1000;
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'loopscope-bench-'));
for (let i = 0; i < count; i++) {
  const below = [10 * i + 1, 10 * i + 2, 10 * i + 3, 10 * i + 4, 10 * i + 5, 10 * i + 6, 10 * i + 7, 10 * i + 8, 10 * i + 9, 10 * i + 10];
  const sum = below.filter((n) => n < count).map((n) => ` + require('./m${n}').n`).join('');
  fs.writeFileSync(path.join(folder, `m${i}.js`), `'use strict';\nexports.n = 1${sum};\nexports.f = () => ${i};\n`);
}
const start = process.hrtime.bigint();
const { n } = require(path.join(folder, 'm0.js'));
const end = process.hrtime.bigint();
fs.rmSync(folder, { recursive: true });
if (n !== count) process.exit(1);
console.log('ms', Number(end - start) / 1e6);
