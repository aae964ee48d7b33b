// Chunks through a Readable, a Transform and a Writable, and objects by async iteration.
const { Readable, Transform, Writable, pipeline } = require('stream');
const CHUNKS = 200_000;
const OBJECTS = 100_000;
const chunk = Buffer.alloc(1024);
const start = process.hrtime.bigint();
let pushed = 0;
let written = 0;
const source = new Readable({ read() { this.push(pushed++ < CHUNKS ? chunk : null); } });
const middle = new Transform({ transform(data, encoding, callback) { callback(null, data); } });
const target = new Writable({ write(data, encoding, callback) { written += data.length; callback(); } });
pipeline(source, middle, target, async (error) => {
  if (error || written !== CHUNKS * chunk.length) process.exit(1);
  let made = 0;
  const objects = new Readable({ objectMode: true, read() { this.push(made++ < OBJECTS ? { made } : null); } });
  let seen = 0;
  for await (const { made: number } of objects) seen += number > 0 ? 1 : 0;
  if (seen !== OBJECTS) process.exit(1);
  console.log('ms', Number(process.hrtime.bigint() - start) / 1e6);
});
