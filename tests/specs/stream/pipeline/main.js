// pipeline and finished, with callbacks and as promises.
const Stream = require('stream');
const { Readable, Writable, Transform, PassThrough, pipeline, finished } = Stream;
const promises = require('stream/promises');
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
const upper = (options) => new Transform({ transform(c, e, cb) { cb(null, String(c).toUpperCase()); }, ...options });
const done = (e, value) => console.log('done', fail(e), value);
(async () => {
  await step('all well', () => { console.log(pipeline(source(), upper(), sink(), done) instanceof Writable); });
  await step('the source fails', () => {
    const r = new Readable({ read() {} }), t = upper(), w = sink();
    pipeline(r, t, w, (e) => { done(e); console.log(r.destroyed, t.destroyed, w.destroyed); });
    setImmediate(() => r.destroy(new Error('source')));
  });
  await step('the middle fails', () => {
    const r = source(), w = watch(sink(), 'w', 'error', 'close');
    pipeline(r, upper({ transform(c, e, cb) { cb(new Error('middle')); } }), w, done);
  });
  await step('the end fails', () => { pipeline(source(), upper(), sink('w', { write(c, e, cb) { cb(new Error('end')); } }), done); });
  await step('closed too early', () => {
    const r = new Readable({ read() {} }), w = sink();
    pipeline(r, w, done); setImmediate(() => w.destroy());
    const q = new Readable({ read() {} });
    pipeline(q, sink(), done); setTimeout(() => q.destroy(), 3);
  });
  await step('generators and iterables', () => {
    pipeline(async function* () { yield 'a'; yield 'b'; }, async function* (all) { for await (const c of all) yield `${c}!`; }, sink(), done);
  });
  await step('an array', () => { pipeline(['x', 'y'], sink(), done); });
  await step('a value at the end', () => {
    pipeline(source(), async function (all) { let n = 0; for await (const _ of all) n++; return n; }, done);
  });
  await step('a generator at the end', () => {
    pipeline(source(), async function* (all) { for await (const c of all) yield String(c).toUpperCase(); }, done).on('data', (d) => console.log(d));
  });
  await step('a generator fails', () => {
    const r = source();
    pipeline(r, async function* (all) { for await (const _ of all) throw new Error('generator'); }, sink(), (e) => { done(e); console.log(r.destroyed); });
  });
  await step('promises', async () => {
    console.log(await promises.pipeline(source(1), sink()), await promises.pipeline(source(2), async (all) => { let s = ''; for await (const c of all) s += c; return s; }));
    await promises.pipeline(source(), upper({ transform(c, e, cb) { cb(new Error('pe')); } }), sink()).catch(done);
    const ac = new AbortController();
    setImmediate(() => ac.abort());
    await promises.pipeline(new Readable({ read() {} }), sink(), { signal: ac.signal }).catch(done);
    const w = sink();
    await promises.pipeline(source(1), w, { end: false });
    console.log(w.writableEnded, await promises.finished(source(0).resume()));
    await promises.pipeline(source(1), sink(), { signal: AbortSignal.abort() }).catch(done);
    await promises.finished(new Readable({ read() {} }).destroy(new Error('qe')).on('error', () => {})).catch(done);
  });
  await step('finished', async () => {
    const says = (name) => function (e) { console.log(name, fail(e), this instanceof Stream); };
    const r = source(1), w = sink(), x = source(), y = sink();
    finished(r, says('r')); r.resume();
    await wait(15);
    finished(w, says('w')); w.end('x');
    await wait(15);
    finished(x, says('x')); x.destroy();
    await wait(15);
    finished(y, says('y')); y.destroy(new Error('ye'));
    await wait(15);
    for (const [s, name] of [[r, 'r'], [w, 'w'], [x, 'x'], [y, 'y']]) finished(s, says(name + ' later'));
    finished(source(0).resume(), () => console.log('never'))();
    const ac = new AbortController();
    finished(new Readable({ read() {} }), { signal: ac.signal }, says('aborted'));
    ac.abort();
    const d = new PassThrough();
    finished(d, { readable: false }, says('written')); d.end('z');
  });
  for (const f of [() => pipeline(), () => pipeline(source()), () => pipeline([]), () => pipeline(source(), 5), () => pipeline(source(), () => {}), () => finished(), () => finished(source()), () => pipeline(source(), () => 5, sink(), done), () => pipeline(() => 5, sink(), done), () => pipeline(source(), () => 5, done)]) {
    try { console.log(f()); } catch (e) { console.log(fail(e)); }
  }
})();
