async function fail() {
  await null;
  throw new Error('late');
}
fail();
process.on('unhandledRejection', (e) => console.log('heard', e.message));
