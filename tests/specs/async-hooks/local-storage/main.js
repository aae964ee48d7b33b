// AsyncLocalStorage follows every kind of callback.
const { AsyncLocalStorage, AsyncResource } = require('async_hooks');
const store = new AsyncLocalStorage();
const log = (name) => console.log(name, store.getStore());
store.run('A', () => {
  log('sync');
  process.nextTick(log, 'tick');
  queueMicrotask(() => log('microtask'));
  Promise.resolve().then(() => log('promise'));
  setTimeout(log, 1, 'timeout');
  setImmediate(log, 'immediate');
  require('fs').stat(__filename, () => log('fs'));
  (async () => { await null; log('await'); await new Promise((r) => setTimeout(r, 30)); log('await after timer'); })();
  store.run('B', () => { log('nested'); setTimeout(log, 60, 'nested timeout'); });
  log('after nested');
  store.exit(() => log('exit'));
});
log('outside');
const bound = store.run('C', () => AsyncLocalStorage.bind(() => log('bound')));
const snapshot = store.run('D', () => AsyncLocalStorage.snapshot());
const resource = store.run('E', () => new AsyncResource('X'));
bound();
snapshot(log, 'snapshot');
resource.runInAsyncScope(log, null, 'resource');
store.enterWith('F');
setTimeout(log, 90, 'entered');
console.log(store.run('G', (a, b) => a + b + store.getStore(), 1, 2), store.getStore());
try { store.run('H', () => { throw new Error('x'); }); } catch { log('after throw'); }
store.disable();
log('disabled');
console.log(new AsyncLocalStorage({ defaultValue: 'default', name: 'named' }).getStore(), new AsyncLocalStorage({ name: 'named' }).name);
