// 256 MB through a Transform into another one.
const fs = require('fs');
const os = require('os');
const path = require('path');
const { Transform, pipeline } = require('stream');
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'bench-'));
const source = path.join(folder, 'source');
fs.writeFileSync(source, Buffer.alloc(256 << 20, 'loop'));
const start = process.hrtime.bigint();
const middle = new Transform({ transform(chunk, encoding, done) { done(null, chunk); } });
pipeline(fs.createReadStream(source), middle, fs.createWriteStream(path.join(folder, 'target')), (error) => {
  console.log('ms', Number(process.hrtime.bigint() - start) / 1e6);
  fs.rmSync(folder, { recursive: true });
  if (error) process.exit(1);
});
