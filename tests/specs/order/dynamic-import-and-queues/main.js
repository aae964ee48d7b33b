// Where the promise of import() comes among ticks, microtasks, timers and immediates, the first time and again.
const log = (name) => () => console.log(name);
setTimeout(log('timeout'), 0);
setImmediate(log('immediate'));
process.nextTick(log('tick'));
queueMicrotask(log('microtask'));
(async () => {
  const first = await import('./lib.mjs');
  console.log('imported', first.value);
  process.nextTick(log('tick after import'));
  queueMicrotask(log('microtask after import'));
  const again = await import('./lib.mjs');
  console.log('the same', first === again, first.count());
  const [x, y] = await Promise.all([import('./lib.mjs?x'), import('./lib.mjs?y')]);
  console.log('by query', x === y, x.count(), y.count(), first.count());
  const fs = await import('node:fs');
  console.log('built-in', fs.default === require('fs'));
  await import('./missing.mjs').catch((error) => console.log(error.code));
  await import('./throws.mjs').catch((error) => console.log(error.message));
  await import('./throws.mjs').catch((error) => console.log('the same error', error.message, error.at === globalThis.thrownAt));
})();
console.log('end of main');
