// Writable: write, end, drain, cork, writev, final, and the order of the callbacks.
const Stream = require('stream');
const { Writable, Duplex } = Stream;
const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const fail = (e) => (e ? `${e.name} ${e.code ?? ''} ${e.message}` : `${e}`);
const watch = (stream, name, ...events) => {
  for (const event of events) stream.on(event, (x) => console.log(name, event, x instanceof Error ? fail(x) : Buffer.isBuffer(x) ? String(x) : x instanceof Stream ? '' : x ?? ''));
  return stream;
};
const step = async (title, f) => {
  console.log('-', title);
  try { await f(); } catch (e) { console.log('threw', fail(e)); }
  await wait(40);
};
const all = ['drain', 'prefinish', 'finish', 'close', 'error'];
const W = (options) => new Writable({ write(chunk, encoding, cb) { console.log('_write', String(chunk), encoding); cb(); }, ...options });
(async () => {
  await step('in step', () => {
    const w = watch(W(), 'w', ...all);
    console.log(w.write('a', () => console.log('a')), w.write('b', 'latin1', (...x) => console.log('b', x)), w.writableLength);
    w.end('c', () => console.log('end'));
    console.log(w.writableEnded, w.writableFinished, w.writable);
    process.nextTick(() => console.log('tick'));
    Promise.resolve().then(() => console.log('microtask'));
  });
  await step('later, more than fits', async () => {
    const w = watch(W({ highWaterMark: 3, write(c, e, cb) { console.log('_write', String(c)); setImmediate(cb); } }), 'w', ...all);
    console.log(w.write('ab'), w.writableNeedDrain, w.write('cd'), w.writableNeedDrain, w.writableLength, w.writableBuffer.length);
    w.write('ef', () => console.log('ef'));
    await wait(25);
    w.end();
  });
  await step('writev', () => {
    const w = watch(new Writable({ writev(chunks, cb) { console.log('_writev', chunks.map((c) => `${c.chunk}:${c.encoding}`)); setImmediate(cb); } }), 'w', ...all);
    for (const x of 'abc') w.write(x, () => console.log(x));
    w.end(() => console.log('end'));
  });
  await step('cork', () => {
    const w = watch(W({ writev(chunks, cb) { console.log('_writev', chunks.map((c) => String(c.chunk))); cb(); } }), 'w', ...all);
    w.cork(); w.cork(); w.write('a'); w.write('b');
    console.log(w.writableCorked); w.uncork(); console.log(w.writableCorked); w.uncork();
    w.cork(); w.write('c'); w.write('d'); w.end();
  });
  await step('final', () => {
    const w = watch(W({ final(cb) { console.log('_final'); setImmediate(cb); } }), 'w', ...all);
    w.write('a'); w.end(() => console.log('end'));
  });
  await step('strings as they are, objects', () => {
    const w = W({ decodeStrings: false, write(c, e, cb) { console.log(typeof c, c, e); cb(); } });
    w.write('a'); w.write('b', 'hex'); w.write(Buffer.from('c')); w.write(new Uint16Array([65])); w.setDefaultEncoding('latin1'); w.write('d');
    const o = W({ objectMode: true, write(c, e, cb) { console.log(c, e); cb(); } });
    console.log(o.write({ a: 1 }), o.write(undefined), o.write('s', 'utf8'), o.writableHighWaterMark);
  });
  await step('many with one callback', () => {
    const f = () => console.log('f');
    const w = W();
    w.write('a', f); w.write('b', f); w.write('c', f);
    process.nextTick(() => console.log('tick'));
  });
  await step('waiting for drain', () => {
    let i = 0;
    const w = W({ highWaterMark: 4, write(c, e, cb) { console.log('_write', String(c)); process.nextTick(cb); } });
    const go = () => { while (i < 6) if (!w.write('ab' + i++)) { console.log('wait'); w.once('drain', go); return; } w.end(); };
    go();
    w.on('finish', () => console.log('finish'));
  });
  await step('end in a callback, twice, with nothing', async () => {
    const w = watch(W(), 'w', ...all);
    w.write('a', () => w.end(undefined, undefined, (...x) => console.log('ended', x)));
    await wait(10);
    w.end((e) => console.log('again', fail(e)));
  });
  await step('construct', () => {
    const w = watch(W({ construct(cb) { console.log('_construct'); setImmediate(cb); } }), 'w', ...all);
    w.write('a', () => console.log('a')); w.end('b');
  });
  console.log(new Duplex() instanceof Writable, {} instanceof Writable, new Writable() instanceof Duplex, Writable() instanceof Stream);
})();
