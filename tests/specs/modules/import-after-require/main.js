'use strict';
// How many microtasks `import()` takes of modules that were required before, and of others.
function ticks(name, promise) {
  let count = 0;
  let done = false;
  promise = promise.then(() => {
    done = true;
    console.log(name, count);
  });
  const tick = () => {
    if (done) return;
    count++;
    queueMicrotask(tick);
  };
  queueMicrotask(tick);
  return promise;
}
const rej = (name, p) => ticks(name, p.catch(() => {}));
(async () => {
  require('./x.mjs');
  await ticks('dep of required', import('./y.mjs'));
  await ticks('dep of required again', import('./y.mjs'));
  try { require('./z.mjs'); } catch {}
  await rej('threw', import('./z.mjs'));
  await rej('threw again', import('./z.mjs'));
  await ticks('u', import('./u.mjs'));
  require('./w.mjs');
  await ticks('w', import('./w.mjs'));
  await ticks('u', import('./u.mjs'));
  await ticks('query', import('./x.mjs?1'));
  await ticks('query 2', import('./x.mjs?1'));
})();
