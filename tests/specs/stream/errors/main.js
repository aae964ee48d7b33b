// How streams fail and how they are destroyed: the order of callbacks, 'error' and 'close'.
const Stream = require('stream');
const { Readable, Writable, Transform, Duplex } = Stream;
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
const ends = ['error', 'end', 'finish', 'close'];
const W = (options) => new Writable({ write(chunk, encoding, cb) { cb(); }, ...options });
const says = (name) => (e) => console.log(name, fail(e));
(async () => {
  await step('push after end, wrong chunk, no _read', () => {
    const a = watch(new Readable({ read() {} }), 'a', ...ends);
    a.push(null); console.log(a.push('x'));
    const b = watch(new Readable({ read() {} }), 'b', ...ends);
    console.log(b.push(5));
    const c = watch(new Readable(), 'c', ...ends);
    c.read();
    const d = watch(new Readable({ read() { throw new Error('in _read'); } }), 'd', ...ends);
    d.resume();
  });
  await step('destroy a Readable', async () => {
    const r = watch(new Readable({ read() {}, destroy(e, cb) { console.log('_destroy', fail(e)); setTimeout(cb, 2, e); } }), 'r', 'data', ...ends);
    r.push('a');
    console.log(r.destroy(new Error('bye')) === r, r.destroyed, r.closed, fail(r.errored), r.readable, r.readableAborted, r.readableDidRead);
    r.push('b');
    r.destroy(new Error('second'), says('callback'));
    await wait(25);
    console.log(r.closed, r.readable, r.readableAborted);
    watch(new Readable({ read() {}, destroy() { throw new Error('in _destroy'); } }), 'q', ...ends).destroy();
  });
  await step('a write fails at once', () => {
    const w = watch(W({ write(c, e, cb) { cb(new Error('now')); } }), 'w', ...ends);
    w.write('a', says('a')); w.write('b', says('b')); w.end(says('end'));
  });
  await step('a write fails later', () => {
    const w = watch(W({ write(c, e, cb) { setImmediate(cb, new Error('later')); } }), 'w', ...ends);
    w.write('a', says('a')); w.write('b', says('b')); w.end('c', says('end'));
  });
  await step('_write and _final throw or fail', () => {
    const w = watch(W({ write() { throw new Error('thrown'); } }), 'w', ...ends);
    try { w.write('a'); } catch (e) { console.log(fail(e)); }
    watch(W({ final(cb) { cb(new Error('final')); } }), 'f', ...ends).end(says('end'));
    watch(W({ final() { throw new Error('final thrown'); } }), 'g', ...ends).end(says('end'));
  });
  await step('after the end, after destroy', async () => {
    const w = watch(W(), 'w', ...ends);
    w.end(); console.log(w.write('x', says('x'))); w.end('y', says('y'));
    const v = watch(W(), 'v', ...ends);
    v.destroy(); v.write('x', says('vx'));
    await wait(10);
    v.write('y', says('vy')); v.end(says('vend'));
  });
  await step('destroy with writes on the way', () => {
    const w = watch(W({ write(c, e, cb) { setTimeout(cb, 3); } }), 'w', ...ends);
    w.write('a', says('a')); w.write('b', says('b')); w.end(says('end'));
    w.destroy(new Error('D'));
    console.log(w.destroyed, w.writable, w.writableAborted, fail(w.errored));
  });
  await step('callbacks called twice', () => {
    watch(W({ write(c, e, cb) { cb(); cb(); } }), 'w', ...ends).write('a');
    watch(W({ write(c, e, cb) { setImmediate(() => { cb(); cb(); }); } }), 'v', ...ends).write('a');
    watch(new Readable({ construct(cb) { cb(); cb(); }, read() {} }), 'r', ...ends);
  });
  await step('construct fails', () => {
    const w = watch(W({ construct(cb) { cb(new Error('no')); } }), 'w', ...ends);
    w.write('a', says('a')); w.end(says('end'));
    watch(new Readable({ construct() { throw new Error('thrown'); }, read() {} }), 'r', ...ends);
    watch(new Readable({ construct(cb) { setImmediate(cb); }, read() {}, destroy(e, cb) { console.log('_destroy', fail(e)); cb(e); } }), 'q', ...ends).destroy(new Error('early'));
  });
  await step('autoDestroy and emitClose', async () => {
    const r = watch(new Readable({ read() {}, emitClose: false }), 'r', ...ends);
    r.push(null); r.resume();
    const q = watch(new Readable({ read() { throw new Error('kept'); }, autoDestroy: false }), 'q', ...ends);
    q.read();
    const w = watch(W({ autoDestroy: false, write(c, e, cb) { cb(new Error('kept too')); } }), 'w', ...ends);
    w.write('x', says('x'));
    await wait(10);
    console.log(r.destroyed, q.destroyed, fail(q.errored), w.destroyed);
  });
  await step('transforms', () => {
    const t = watch(new Transform({ transform(c, e, cb) { cb(new Error('transform')); } }), 't', ...ends);
    t.write('a', says('a'));
    const u = watch(new Transform({ transform(c, e, cb) { cb(null, c); }, flush(cb) { cb(new Error('flush')); } }), 'u', 'data', ...ends);
    u.end('a', says('end'));
    const d = watch(new Duplex({ read() {}, write(c, e, cb) { cb(); } }), 'd', ...ends);
    d.destroy(new Error('dd'));
    console.log(d.destroyed, d.readable, d.writable);
  });
  await step('abort signals', () => {
    const ac = new AbortController();
    watch(W({ signal: ac.signal }), 'w', ...ends);
    ac.abort();
    watch(new Readable({ read() {}, signal: AbortSignal.abort() }), 'r', ...ends);
    watch(Stream.addAbortSignal(ac.signal, new Readable({ read() {} })), 'q', ...ends);
  });
  for (const f of [() => new Writable().write(null), () => W().write(5), () => W().write('x', 'nope'), () => new Writable({ highWaterMark: -1 }), () => new Readable({ highWaterMark: 'x' }), () => new Duplex({ readableHighWaterMark: 1.5 }), () => new Readable({ encoding: 'nope' }), () => W().setDefaultEncoding('nope'), () => new Readable({ signal: 5 }), () => new Readable({ read() {} }).read(2 ** 31), () => Readable.from(5), () => Stream.addAbortSignal(5, W()), () => Stream.finished(5, () => {}), () => Stream.setDefaultHighWaterMark(true, -1)]) {
    try { console.log(f()); } catch (e) { console.log(fail(e)); }
  }
  watch(W(), 'w', 'error').pipe();
})();
