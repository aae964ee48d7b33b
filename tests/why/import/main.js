// why: later
setTimeout(async function loads() {
  await import('./part.mjs');
}, 1);
