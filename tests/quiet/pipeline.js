// Streams through files, transforms and compression.
const fs = require('node:fs');
const { pipeline } = require('node:stream/promises');
const { Transform } = require('node:stream');
const zlib = require('node:zlib');
const readline = require('node:readline');
const os = require('node:os');
const path = require('node:path');
(async () => {
  const dir = await fs.promises.mkdtemp(path.join(os.tmpdir(), 'pipe-'));
  const file = path.join(dir, 'in.txt');
  const out = fs.createWriteStream(file);
  for (let i = 0; i < 4000; i++) {
    if (!out.write(`line ${i} ${'x'.repeat(i % 80)}\n`)) await new Promise((r) => out.once('drain', r));
  }
  await new Promise((r) => out.end(r));
  const upper = new Transform({ transform(chunk, enc, cb) { cb(null, chunk.toString().toUpperCase()); } });
  await pipeline(fs.createReadStream(file), upper, zlib.createGzip(), fs.createWriteStream(file + '.gz'));
  let lines = 0;
  const rl = readline.createInterface({ input: fs.createReadStream(file + '.gz').pipe(zlib.createGunzip()), crlfDelay: Infinity });
  for await (const line of rl) lines++;
  console.log(lines);
  await pipeline(fs.createReadStream(file), async function* (source) { for await (const c of source) yield c.length + '\n'; }, fs.createWriteStream(file + '.len'));
  await fs.promises.rm(dir, { recursive: true });
  console.log('done');
})();
