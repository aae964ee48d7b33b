async function fail() {
  await null;
  throw new Error('late');
}
fail().catch(() => console.log('handled'));
