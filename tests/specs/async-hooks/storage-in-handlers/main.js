// Handlers of uncaught errors and of rejections run in the context of what failed; nothing of it is left behind.
const { AsyncLocalStorage, createHook, executionAsyncId } = require('async_hooks');
const fs = require('fs');
const store = new AsyncLocalStorage();
process.on('uncaughtException', (error) => console.log('uncaught', error.message, store.getStore()));
process.on('unhandledRejection', (error) => console.log('rejection', error.message, store.getStore()));
const fail = (name) => { throw new Error(name); };
store.run('T', () => process.nextTick(fail, 'tick'));
store.run('I', () => setImmediate(fail, 'immediate'));
store.run('R', () => Promise.reject(new Error('rejected')));
store.run('A', async () => { await null; fail('awaited'); });
store.run('M', () => queueMicrotask(() => fail('microtask')));
setTimeout(() => {
  store.run('O', () => setTimeout(fail, 1, 'timeout'));
  setTimeout(() => store.run('F', () => fs.stat('/', () => fail('operation'))), 30);
}, 300);
setTimeout(() => {
  console.log('later', store.getStore(), executionAsyncId() > 0);
  const nested = createHook({ init() { console.log('never'); } });
  const hook = createHook({ init() { nested.enable(); hook.disable(); nested.disable(); } }).enable();
  fs.stat('/', () => console.log('outside', store.getStore()));
}, 700);
