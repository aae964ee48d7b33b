// Events of EventTarget and EventEmitter are synchronous; abort events and timeouts between queues.
const { EventEmitter, once } = require('events');
const log = (name) => () => console.log(name);
const target = new EventTarget();
target.addEventListener('go', () => {
  console.log('listener 1');
  queueMicrotask(log('microtask of listener 1'));
  process.nextTick(log('tick of listener 1'));
});
target.addEventListener('go', async () => {
  console.log('listener 2 begins');
  await null;
  console.log('listener 2 ends');
});
queueMicrotask(() => {
  console.log('dispatching in a microtask');
  target.dispatchEvent(new Event('go'));
  console.log('dispatched');
});
const controller = new AbortController();
const { signal } = controller;
signal.addEventListener('abort', log('abort listener'), { once: true });
signal.onabort = log('onabort');
const any = AbortSignal.any([signal, AbortSignal.timeout(10_000)]);
any.addEventListener('abort', () => console.log('dependent signal', any.reason === signal.reason));
setImmediate(() => {
  Promise.resolve().then(log('microtask made before abort'));
  process.nextTick(log('tick made before abort'));
  console.log('aborting');
  controller.abort(new Error('reason'));
  console.log('aborted', signal.aborted, signal.reason.message);
  const e = new EventEmitter();
  once(e, 'x').then(([v]) => console.log('once resolved with', v));
  e.once('x', (v) => console.log('listener has', v));
  e.emit('x', 1);
  console.log('emitted');
  setTimeout(() => {
    const quick = AbortSignal.timeout(1);
    quick.onabort = () => console.log('timeout signal', quick.reason.name, quick.reason.code);
    setTimeout(log('a timer of 5'), 5);
  }, 1);
});
