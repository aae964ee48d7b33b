// Without a handler nothing runs after the error but the exit handlers.
process.on('exit', (code) => console.log('exit', code));
setTimeout(() => console.log('never'), 1);
process.nextTick(() => {
  Promise.resolve().then(() => console.log('never'));
  throw new Error('stop');
});
process.nextTick(() => console.log('never'));
