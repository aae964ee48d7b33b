'use strict';

const { pipeline, Duplex, Readable, PassThrough } = require('stream');
const { pipeline: pp } = require('stream/promises');
const log = console.log;
(async () => {
  const got = [];
  await pp(new ReadableStream({ start(c) { c.enqueue('a'); c.enqueue('b'); c.close(); } }), new WritableStream({ write(x) { got.push(String(x)); }, close() { got.push('end'); } }));
  log(got);
  const out = [];
  await pp(Readable.from(['x', 'y']), new TransformStream({ transform(x, c) { c.enqueue(String(x).toUpperCase()); } }), async function* (s) { for await (const v of s) { out.push(v); yield v; } }, new PassThrough({ objectMode: true }).resume());
  log(out);
  pipeline(new ReadableStream({ start(c) { c.error(new Error('src')); } }), new WritableStream(), (e) => log(e.message));
  await new Promise((r) => setTimeout(r, 10));
  await pp(Readable.from(['x']), new WritableStream({ write() { throw new Error('sink'); } })).catch((e) => log(e.message));
  const d = Duplex.from(new WritableStream({ write(x) { log('w', String(x)); } }));
  d.write('q');
  await new Promise((r) => d.end(r));
  for await (const v of Duplex.from(new ReadableStream({ start(c) { c.enqueue('r'); c.close(); } }))) log(v);
})();
