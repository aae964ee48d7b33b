async function fails() {
  await null;
  throw new Error('lost');
}
process.on('unhandledRejection', (reason) => console.log('heard', reason.message));
fails();
