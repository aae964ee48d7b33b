// Text through gzip and back.
const zlib = require('zlib');
const text = Buffer.from(Array.from({ length: 40_000 }, (_, n) => `line ${n * 7919 % 1000} of the text, value ${n ^ 0x55}\n`).join(''));
const start = process.hrtime.bigint();
for (let i = 0; i < 12; i++) {
  if (zlib.gunzipSync(zlib.gzipSync(text)).length !== text.length) process.exit(1);
}
console.log('ms', Number(process.hrtime.bigint() - start) / 1e6);
