// Transform, PassThrough, Duplex and duplexPair.
const Stream = require('stream');
const { Transform, PassThrough, Duplex } = Stream;
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
const all = ['data', 'end', 'prefinish', 'finish', 'close', 'error'];
const upper = (options) => new Transform({ transform(chunk, encoding, cb) { cb(null, String(chunk).toUpperCase()); }, ...options });
(async () => {
  await step('flush', () => {
    const t = watch(upper({ flush(cb) { this.push('!'); cb(null, '?'); } }), 't', ...all);
    t.write('a', () => console.log('a')); t.end('b', () => console.log('end'));
  });
  await step('one into many', () => {
    const t = new Transform({ readableObjectMode: true, transform(chunk, encoding, cb) { for (const x of String(chunk)) this.push({ x }); cb(); } });
    t.on('data', (d) => console.log(d)).on('end', () => console.log('end'));
    t.write('ab'); t.end('c');
  });
  await step('back pressure', async () => {
    const t = upper({ highWaterMark: 2, transform(c, e, cb) { console.log('t', String(c)); cb(null, c); } });
    for (let i = 0; i < 5; i++) console.log(t.write('x' + i, () => console.log('written', i)), t.readableLength, t.writableLength);
    await wait(10);
    let c;
    while ((c = t.read()) !== null) console.log('read', String(c), t.readableLength);
    t.on('end', () => console.log('end')).resume().end();
  });
  await step('an own _final', () => {
    const t = watch(upper({ final(cb) { console.log('final'); cb(); }, flush(cb) { console.log('flush'); cb(); } }), 't', ...all);
    t.end('x');
  });
  await step('no buffer for reading', () => {
    const t = upper({ readableHighWaterMark: 0 });
    console.log(t.writableHighWaterMark, t.readableHighWaterMark);
    t.write('a', () => console.log('a'));
    t.on('data', (d) => console.log(String(d)));
  });
  await step('the end from inside', () => {
    const t = watch(new Transform({ transform(c, e, cb) { this.push(null); cb(); } }), 't', ...all);
    t.write('a', () => console.log('a')); t.end();
  });
  await step('Duplex', () => {
    const d = watch(new Duplex({ read() { this.push('r'); this.push(null); }, write(c, e, cb) { console.log('_write', String(c)); cb(); } }), 'd', ...all);
    d.end('x');
    watch(new Duplex({ allowHalfOpen: false, read() { this.push(null); }, write(c, e, cb) { cb(); } }), 'half', ...all);
    const readOnly = watch(new Duplex({ writable: false, read() { this.push(null); } }), 'readOnly', ...all);
    const writeOnly = watch(new Duplex({ readable: false, write(c, e, cb) { cb(); } }), 'writeOnly', ...all);
    writeOnly.end();
    console.log(readOnly.writable, readOnly.writableEnded, writeOnly.readable, writeOnly.readableEnded);
  });
  await step('duplexPair', () => {
    const [a, b] = Stream.duplexPair();
    a.on('data', (d) => console.log('a got', String(d))).on('end', () => console.log('a end'));
    b.on('data', (d) => { console.log('b got', String(d)); b.write('re:' + d); }).on('end', () => { console.log('b end'); b.end(); });
    a.write('hi'); a.end('yo');
  });
  await step('PassThrough', () => {
    const p = watch(new PassThrough({ encoding: 'utf8' }), 'p', ...all);
    p.write('é'); p.end();
    console.log(p instanceof Transform, p.readableEncoding);
  });
})();
