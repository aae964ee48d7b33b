// pipe and unpipe: back pressure, several destinations, errors, and who is ended.
const Stream = require('stream');
const { Readable, Writable, PassThrough } = Stream;
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
const source = (n = 3) => { let i = 0; return new Readable({ read() { setImmediate(() => this.push(i < n ? 'c' + i++ : null)); } }); };
const sink = (name = 'w', options) => new Writable({ write(c, e, cb) { console.log(name, String(c)); cb(); }, ...options });
const slow = (name, ms) => sink(name, { highWaterMark: 1, write(c, e, cb) { console.log(name, String(c)); setTimeout(cb, ms); } });
(async () => {
  await step('to the end', () => {
    const r = watch(source(), 'r', 'end', 'close', 'pause', 'resume');
    const w = watch(sink(), 'w', 'pipe', 'unpipe', 'finish', 'close');
    console.log(r.pipe(w) === w);
  });
  await step('a slow destination', () => {
    const r = new Readable({ read() {} });
    for (const x of 'abc') r.push(x);
    r.push(null);
    watch(r, 'r', 'end', 'pause', 'resume');
    r.pipe(watch(slow('w', 2), 'w', 'drain', 'finish'));
  });
  await wait(40);
  await step('two destinations', () => {
    const r = watch(source(2), 'r', 'end');
    r.pipe(watch(slow('slow', 2), 'slow', 'finish')); r.pipe(watch(sink('fast'), 'fast', 'finish'));
  });
  await step('not ended', async () => {
    const w = watch(sink(), 'w', 'finish', 'unpipe');
    source(1).pipe(w, { end: false });
    await wait(25);
    console.log(w.writableEnded);
  });
  await step('unpipe', async () => {
    const r = new Readable({ read() {} });
    const w = watch(sink(), 'w', 'unpipe', 'finish');
    r.pipe(w); r.push('a');
    await wait(10);
    r.unpipe(w);
    console.log(r.readableFlowing, r.isPaused(), w.listenerCount('drain'), r.listenerCount('data'));
    r.push('b');
    await wait(10);
    r.pipe(w); r.unpipe(); r.unpipe(w); r.unpipe(new PassThrough());
  });
  await step('the destination fails, the source fails, the destination closes', async () => {
    const r = watch(source(), 'r', 'close', 'error', 'end');
    r.pipe(watch(sink('w', { write(c, e, cb) { cb(new Error('write')); } }), 'w', 'error', 'close', 'unpipe'));
    await wait(25);
    const q = new Readable({ read() {} });
    const v = watch(sink(), 'v', 'close', 'finish', 'unpipe');
    watch(q, 'q', 'error', 'close').pipe(v);
    q.destroy(new Error('source'));
    await wait(25);
    const p = new Readable({ read() {} });
    const u = watch(sink(), 'u', 'close', 'unpipe');
    p.pipe(u); u.destroy();
    await wait(25);
    console.log(v.writableEnded, p.destroyed, p.readableFlowing);
  });
  await step('after the end, and in a chain', async () => {
    const r = source(0).resume();
    await wait(25);
    r.pipe(watch(sink(), 'w', 'finish'));
    source().pipe(new PassThrough()).pipe(new PassThrough()).pipe(watch(sink('last'), 'last', 'finish'));
  });
  await step('old streams', () => {
    const old = new Stream();
    old.pipe(watch(sink(), 'w', 'finish', 'pipe'));
    old.emit('data', 'a'); old.emit('end');
    const wrapped = new Readable().wrap(Object.assign(new Stream(), { pause() {}, resume() { console.log('resumed'); this.emit('data', 'z'); this.emit('end'); } }));
    watch(wrapped, 'wrapped', 'data', 'end');
    wrapped.emit('nothing');
  });
  process.on('uncaughtException', (e) => console.log('uncaught', e.message));
  await step('nobody listens', () => { source().pipe(sink('w', { write(c, e, cb) { cb(new Error('unheard')); } })); });
})();
