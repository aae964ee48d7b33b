// An error in the uncaughtException handler: exit code 7.
process.on('exit', (code) => console.log('exit', code));
process.on('uncaughtException', () => {
  throw new Error('handler failed');
});
throw new Error('first');
