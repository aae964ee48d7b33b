// events.on as an async iterator: what is buffered, how it ends, water marks, several iterators, targets.
const { EventEmitter, on, once } = require('events');
(async () => {
  const e = new EventEmitter();
  const iterator = on(e, 'n');
  e.emit('n', 'before next', 2);
  e.emit('n', 'also');
  console.log(await iterator.next(), await iterator.next());
  const pending = iterator.next();
  const another = iterator.next();
  e.emit('n', 'first');
  e.emit('n', 'second');
  console.log((await pending).value, (await another).value);
  console.log(await iterator.return(), await iterator.next(), e.listenerCount('n'), e.listenerCount('error'));
  const failing = on(e, 'n');
  e.emit('n', 'before the error');
  e.emit('error', new Error('of the emitter'));
  console.log((await failing.next()).value);
  await failing.next().catch((error) => console.log('rejected', error.message));
  console.log(await failing.next());
  const thrown = on(e, 'n');
  const waiting = thrown.next();
  try {
    thrown.throw(new Error('into the iterator'));
  } catch (error) {
    console.log('not', error.message);
  }
  await waiting.catch((error) => console.log('waiting rejected', error.message));
  try {
    thrown.throw('not an error');
  } catch (error) {
    console.log(error.code);
  }
  const marked = on(e, 'n', { highWaterMark: 2, lowWaterMark: 1 });
  e.pause = () => console.log('pause');
  e.resume = () => console.log('resume');
  for (let i = 0; i < 4; i++) e.emit('n', i);
  for (let i = 0; i < 4; i++) console.log((await marked.next()).value);
  await marked.return();
  const closing = on(e, 'n', { close: ['end', 'finish'] });
  setImmediate(() => { e.emit('n', 'a'); e.emit('finish'); e.emit('n', 'lost'); });
  for await (const [value] of closing) console.log('of', value);
  const controller = new AbortController();
  const aborted = on(e, 'n', { signal: controller.signal });
  setImmediate(() => controller.abort(new Error('why')));
  await aborted.next().catch((error) => console.log(error.name, error.code, error.cause?.message));
  try {
    on(e, 'n', { signal: controller.signal });
  } catch (error) {
    console.log(error.name, error.message);
  }
  const target = new EventTarget();
  const ofTarget = on(target, 't');
  target.dispatchEvent(new Event('t'));
  console.log((await ofTarget.next()).value[0].type, ofTarget[Symbol.asyncIterator]() === ofTarget, Object.prototype.toString.call(ofTarget));
  const [both, error] = await Promise.allSettled([once(e, 'ready'), once(e, 'never'), Promise.resolve().then(() => { e.emit('ready', 1, 2); e.emit('error', new Error('ends never')); })]);
  console.log(both, error.reason.message, e.eventNames());
  console.log(await Promise.race([once(e, 'symbol'), (async () => { await null; e.emit('symbol', Symbol.iterator); return new Promise(() => {}); })()]));
  e.once('inside', async () => console.log('later in the same tick', await once(e, 'nested')));
  e.emit('inside');
  e.emit('nested', 'value');
})();
