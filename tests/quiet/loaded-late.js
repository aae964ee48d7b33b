// Modules that are loaded in callbacks, and much output.
const fs = require('node:fs');
setTimeout(() => { const x = require('./parts/late.js'); console.log(x.n); const z = require('node:zlib'); console.log(typeof z.gzip); for (let i = 0; i < 200; i++) console.log('line', i); }, 5);
setTimeout(async () => { const m = await import('./parts/later.mjs'); console.log(m.n); }, 15);
