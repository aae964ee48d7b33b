// process.exitCode sets the code of a natural end, and shows in the handlers.
process.exitCode = 4;
process.on('beforeExit', (code) => console.log('beforeExit', code));
process.on('exit', (code) => {
  console.log('exit', code);
  process.exitCode = 5;
});
process.on('exit', (code) => console.log('exit again', code, process.exitCode));
