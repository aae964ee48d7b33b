async function load() {
  throw new Error('no such thing');
}
load().catch(() => console.log('handled'));
