// An error in an exit handler is printed like any other.
process.on('exit', (code) => {
  console.log('exit', code);
  throw new Error('in the exit handler');
});
process.on('exit', () => console.log('second handler'));
