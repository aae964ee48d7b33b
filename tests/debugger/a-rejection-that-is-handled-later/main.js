const kept = [];
function makes() {
  kept.push(Promise.reject(new Error('kept for later')));
}
async function fails() {
  throw new TypeError('before its first await');
}
makes();
const failing = fails();
kept.push(new Promise(() => { throw new Error('in the executor'); }));
queueMicrotask(async () => {
  for (const one of kept) await one.catch((error) => console.log('caught', error.message));
  try { await failing; } catch (error) { console.log('awaited', error.message); }
});
