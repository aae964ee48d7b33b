// Three hundred small modules, each required by the one before it.
const fs = require('fs');
const os = require('os');
const path = require('path');

const count = 300;
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'loopscope-bench-'));
for (let i = 0; i < count; i++) {
  const next = i + 1 < count ? `require('./m${i + 1}').n + 1` : '1';
  fs.writeFileSync(path.join(folder, `m${i}.js`), `'use strict';\nexports.n = ${next};\nexports.f = () => ${i};\n`);
}
const start = process.hrtime.bigint();
const { n } = require(path.join(folder, 'm0.js'));
const end = process.hrtime.bigint();
fs.rmSync(folder, { recursive: true });
if (n !== count) process.exit(1);
console.log('ms', Number(end - start) / 1e6);
