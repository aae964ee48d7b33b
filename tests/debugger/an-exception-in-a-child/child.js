try { JSON.parse('{'); } catch {}
Promise.reject(new Error('handled')).catch(() => {});
async function fails(reason) {
  await null;
  throw new TypeError(reason);
}
fails('child');
