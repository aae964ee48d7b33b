// Stores do not disturb each other.
const { AsyncLocalStorage } = require('async_hooks');
const a = new AsyncLocalStorage();
const b = new AsyncLocalStorage();
const request = (id) => a.run({ id }, async () => {
  await new Promise((r) => setImmediate(r));
  return b.run(id * 10, async () => { await null; return [a.getStore().id, b.getStore()]; });
});
Promise.all([1, 2, 3].map(request)).then((all) => console.log(all, a.getStore(), b.getStore()));
const { EventEmitter } = require('events');
const e = new EventEmitter();
a.run('listener', () => e.on('x', () => console.log('listener runs where emit is called:', a.getStore())));
a.run('emitter', () => e.emit('x'));
