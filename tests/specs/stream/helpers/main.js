// The iterator helpers of Readable, compose and Duplex.from, stream/consumers, and the module's questions.
const Stream = require('stream');
const { Readable, Writable, Duplex, PassThrough, Transform, compose } = Stream;
const consumers = require('stream/consumers');
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
const R = (...items) => Readable.from(items);
const aborted = { signal: AbortSignal.abort() };
(async () => {
  await step('results', async () => {
    console.log(await R(1, 2, 3).map((x) => x * 2).toArray(), await R(1, 2, 3, 4).filter((x) => x % 2).toArray(), await R(1, 2).flatMap((x) => [x, x]).toArray(), await R(1, 2, 3).take(2).toArray(), await R(1, 2, 3).drop(1).toArray());
    console.log(await R(1, 2, 3).reduce((a, b) => a + b), await R(1, 2).reduce((a, b) => a + b, 10), await R(1, 2).some((x) => x > 1), await R(1, 2).every((x) => x > 1), await R(1, 2).find((x) => x > 1), await R(1).find((x) => x > 5), await R(1, 2).forEach((x) => console.log('each', x)), await R().toArray());
    console.log(R(1).map((x) => x) instanceof Readable, await R(3, 1, 2).map(async (x) => { await wait(x); return x; }, { concurrency: 3 }).toArray());
  });
  await step('errors', async () => {
    for (const f of [() => R(1).map(5), () => R(1).map((x) => x, { concurrency: 0 }), () => R(1).map((x) => x, 5), () => R(1).take(-1), () => R(1).take('x').toArray(), () => R().reduce((a) => a), () => R(1).reduce(5), () => R(1).some(5), () => R(1).forEach(5), () => R(1).toArray(5), () => R(1).toArray({ signal: 5 }), () => R(1).map(() => { throw new Error('thrown'); }).toArray(), () => R(1).map(async () => { throw new Error('rejected'); }).toArray(), () => R(1, 2).toArray(aborted), () => R(1).map((x) => x, aborted).toArray(), () => R(1).reduce((a) => a, 0, aborted), () => R(1).take(1, aborted).toArray()]) {
      try { console.log(await f()); } catch (e) { console.log(fail(e)); }
    }
  });
  await step('no more than is wanted', async () => {
    for await (const x of R(1, 2, 3, 4, 5, 6).map((n) => { console.log('map', n); return n; })) { console.log('got', x); if (x === 2) break; }
  });
  await step('compose', async () => {
    console.log(await R('a', 'b').compose(async function* (all) { for await (const c of all) yield String(c).toUpperCase(); }).toArray());
    const c = watch(compose(async function* (all) { for await (const x of all) yield `${x}1`; }, async function* (all) { for await (const x of all) yield `${x}2`; }), 'c', 'end', 'finish', 'close');
    c.on('data', (d) => console.log(String(d)));
    c.write('q'); c.end('r');
  });
  await step('compose that fails', async () => {
    const c = watch(compose(new Transform({ transform(x, e, cb) { cb(new Error('inside')); } }), new PassThrough()), 'c', 'error', 'close');
    c.end('abc');
    await wait(15);
    const a = new PassThrough(), b = new PassThrough();
    const d = watch(compose(a, b), 'd', 'error', 'close');
    d.destroy(new Error('outside'));
    await wait(15);
    console.log(a.destroyed, b.destroyed);
    compose();
  });
  await step('Duplex.from', async () => {
    console.log(await Duplex.from(['a', 'b']).toArray(), await Duplex.from(Promise.resolve('v')).toArray(), await Duplex.from(async function* () { yield 'g'; }).toArray());
    const f = watch(Duplex.from(async function (all) { for await (const c of all) console.log('fn', String(c)); }), 'f', 'finish', 'close');
    f.write('1'); f.end('2');
    await wait(25);
    const d = watch(Duplex.from({ readable: R('r1', 'r2'), writable: new Writable({ objectMode: true, write(c, e, cb) { console.log('w', c); cb(); } }) }), 'd', 'data', 'end', 'finish', 'close');
    d.end('in');
    for (const bad of [5, {}, () => 5, null]) try { Duplex.from(bad); } catch (e) { console.log(fail(e)); }
  });
  await step('consumers', async () => {
    console.log(await consumers.text(R('a', Buffer.from('€').subarray(0, 1), Buffer.from('€').subarray(1))), await consumers.json(R('{"a":', '1}')), await consumers.buffer(R('xy')), await consumers.arrayBuffer(R('z')));
  });
  const r = R(1), w = new Writable({ write(c, e, cb) { cb(); } });
  console.log(Stream.isReadable(r), Stream.isReadable(w), Stream.isReadable(5), Stream.isErrored(r), Stream.isDisturbed(r), Stream.getDefaultHighWaterMark(false), Stream.getDefaultHighWaterMark(true));
  r.on('error', () => {}).destroy(new Error('x'));
  await wait(10);
  console.log(Stream.isReadable(r), Stream.isErrored(r), Stream.isDisturbed(r));
  console.log(new Readable({ read() {} }), new Writable());
})();
