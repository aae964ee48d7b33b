// SHA-256 of large buffers and of many small ones.
const crypto = require('crypto');
const large = Buffer.alloc(32 << 20, 'loop');
const start = process.hrtime.bigint();
for (let i = 0; i < 4; i++) crypto.createHash('sha256').update(large).digest();
for (let i = 0; i < 50_000; i++) crypto.createHash('sha256').update('small').digest('hex');
console.log('ms', Number(process.hrtime.bigint() - start) / 1e6);
