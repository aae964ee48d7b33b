// Readable: flowing and paused, push and unshift, read sizes, encodings, 'readable'.
const Stream = require('stream');
const { Readable } = Stream;
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
(async () => {
  await step('flowing', () => {
    const r = new Readable({ read() {} });
    watch(r, 'r', 'data', 'end', 'close', 'pause', 'resume');
    r.push('a'); r.push('b'); r.push(null);
    console.log(r.readableFlowing, r.readableLength);
  });
  await step('paused', async () => {
    const r = new Readable({ read() {}, highWaterMark: 4 });
    console.log(r.push('abc'), r.push('def'), r.readableLength, r.readableHighWaterMark);
    watch(r, 'r', 'end', 'close', 'readable');
    console.log(r.read(2), r.read(10), r.read(), r.read(), r.read());
    r.push('xyz'); r.push(null);
    console.log(r.read(1));
    await wait(25);
    console.log(r.read(), r.read());
  });
  await step("'readable'", () => {
    let n = 0;
    const r = new Readable({ read() { n++; console.log('_read', n); setImmediate(() => this.push(n < 4 ? 'c' + n : null)); } });
    r.on('readable', () => { let c; console.log('readable', r.readableLength); while ((c = r.read()) !== null) console.log('got', String(c)); });
    watch(r, 'r', 'end', 'close');
  });
  await step('synchronous _read', () => {
    let n = 0;
    watch(new Readable({ read(size) { n++; console.log('_read', n, size); this.push(n < 4 ? 'x'.repeat(n) : null); } }), 'r', 'data', 'end', 'close');
  });
  await step('objects', () => {
    const r = new Readable({ objectMode: true, read() {}, highWaterMark: 2 });
    console.log(r.push({ a: 1 }), r.push(5), r.push(''), r.readableLength, r.readableObjectMode);
    console.log(r.read(), r.read(), r.read(), r.read());
    r.push(null);
    watch(r, 'r', 'data', 'end', 'close');
  });
  await step('unshift', () => {
    const r = new Readable({ read() {} });
    r.push('b'); r.unshift('a'); r.push(null); r.unshift('0');
    watch(r, 'r', 'data', 'end', 'error');
  });
  await step('setEncoding', () => {
    const r = new Readable({ read() {} });
    r.push(Buffer.from([0xe2, 0x82])); r.setEncoding('utf8'); r.push(Buffer.from([0xac, 0x41])); r.push(Buffer.from([0xe2])); r.push(null);
    console.log(r.readableEncoding, r.readableLength);
    watch(r, 'r', 'data', 'end');
  });
  await step('encodings of push', () => {
    const r = new Readable({ read() {} });
    r.push('6869', 'hex'); r.push('aGk=', 'base64');
    console.log(r.read(), r.read());
    const hex = new Readable({ read() {}, encoding: 'hex' });
    hex.push('hi'); hex.unshift('yo'); hex.push('4142', 'hex');
    console.log(hex.read());
  });
  await step('pause and resume', async () => {
    const r = watch(new Readable({ read() {} }), 'r', 'data', 'pause', 'resume');
    r.push('1');
    await wait(10);
    r.pause();
    console.log(r.isPaused(), r.readableFlowing);
    r.push('2');
    await wait(10);
    r.resume();
    console.log(r.isPaused(), r.readableFlowing);
  });
  await step('listeners come and go', async () => {
    const r = new Readable({ read() {} });
    const f = (d) => console.log('data', String(d));
    r.on('data', f); r.push('1');
    await wait(10);
    r.off('data', f);
    console.log(r.readableFlowing);
    r.push('2');
    r.on('readable', () => console.log('readable', String(r.read())));
    await wait(10);
    r.removeAllListeners('readable');
    await wait(10);
    console.log(r.readableFlowing);
    r.on('data', f);
    r.push('3'); r.push(null);
  });
  await step('subclass, call without new, views of other kinds', () => {
    class My extends Readable { _read() { this.push('m'); this.push(null); } }
    watch(new My(), 'my', 'data', 'end', 'close');
    const r = new Readable({ read() {} });
    r.push(new Uint8Array([65])); r.push(new Uint16Array([66])); r.push(new DataView(new ArrayBuffer(1)));
    console.log(new My() instanceof Stream, Readable() instanceof Readable, r.read(), r.read(), r.read());
  });
})();
