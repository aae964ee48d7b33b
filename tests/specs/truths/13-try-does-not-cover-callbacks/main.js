// The callback runs when the try block is long gone.
process.on('uncaughtException', (value) => console.log('uncaught:', value));
try {
  setTimeout(() => {
    throw 'from the timer';
  });
} catch {
  console.log('never');
}
