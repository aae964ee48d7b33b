// Readable as an async iterable, Readable.from, and what leaving early does.
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
const source = (n = 3) => { let i = 0; return new Readable({ objectMode: true, read() { setImmediate(() => this.push(i < n ? i++ : null)); } }); };
(async () => {
  await step('to the end', async () => { const r = watch(source(), 'r', 'end', 'close'); for await (const c of r) console.log(c); console.log(r.destroyed); });
  await step('break', async () => { const r = watch(source(), 'r', 'close', 'error'); for await (const c of r) { console.log(c); break; } console.log(r.destroyed); });
  await step('throw', async () => { const r = watch(source(), 'r', 'close', 'error'); for await (const _ of r) throw new Error('mine'); });
  await step('destroyed meanwhile', async () => {
    const r = source(100);
    setImmediate(() => r.destroy(new Error('gone')));
    for await (const _ of r);
  });
  await step('destroyed without an error', async () => { const r = new Readable({ read() {} }); setImmediate(() => r.destroy()); for await (const _ of r); });
  await step('iterator', async () => {
    const r = source();
    for await (const c of r.iterator({ destroyOnReturn: false })) { console.log(c); break; }
    console.log(r.destroyed);
    for await (const c of r) console.log(c);
    r.iterator(5);
  });
  await step('already over', async () => { const r = source(0).resume(); await wait(25); for await (const _ of r); console.log('nothing'); });
  await step('from', async () => {
    const r = Readable.from([1, 2, 3]);
    console.log(r.readableObjectMode, r.readableHighWaterMark);
    watch(r, 'r', 'data', 'end', 'close');
    await wait(15);
    watch(Readable.from('text'), 's', 'data', 'end');
    watch(Readable.from(Buffer.from('bytes')), 'b', 'data', 'end');
    await wait(15);
    watch(Readable.from([Promise.resolve(1), 2]), 'p', 'data', 'end');
    await wait(15);
    watch(Readable.from((async function* () { yield 1; await null; yield 2; })()), 'a', 'data', 'end', 'close');
  });
  await step('from what fails', async () => {
    watch(Readable.from([1, Promise.reject(new Error('rejected'))]), 'r', 'data', 'error', 'close');
    await wait(15);
    watch(Readable.from((function* () { yield 1; throw new Error('thrown'); })()), 't', 'data', 'error', 'close');
    await wait(15);
    watch(Readable.from([1, null, 2]), 'n', 'data', 'error', 'close');
  });
  await step('from, left early', async () => {
    for await (const c of Readable.from((function* () { try { yield 1; yield 2; yield 3; } finally { console.log('finally'); } })())) { console.log(c); break; }
    const r = watch(Readable.from((async function* () { try { yield 1; yield 2; yield 3; } catch (e) { console.log('caught', fail(e)); } finally { console.log('finally'); } })()), 'r', 'error', 'close');
    r.once('data', () => r.destroy(new Error('D')));
  });
})();
