// The immediates after one that throws still run, and before that its ticks.
process.on('uncaughtException', (error) => console.log('caught', error.message));
setImmediate(() => {
  process.nextTick(() => console.log('tick of 1'));
  throw new Error('immediate 1');
});
setImmediate(() => console.log('immediate 2'));
