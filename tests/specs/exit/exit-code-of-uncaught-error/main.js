// An uncaught error makes it 1, whatever exitCode was before; the handler can change it.
process.exitCode = 3;
process.on('exit', (code) => {
  console.log('exit', code);
  process.exitCode = 12;
});
throw new Error('boom');
