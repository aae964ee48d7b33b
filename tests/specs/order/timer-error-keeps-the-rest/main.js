// The timers after one that throws still run.
process.on('uncaughtException', (error) => console.log('caught', error.message));
setTimeout(() => {
  process.nextTick(() => console.log('tick of 1'));
  Promise.resolve().then(() => console.log('promise of 1'));
  throw new Error('timer 1');
}, 1);
setTimeout(() => console.log('timer 2'), 1);
setTimeout(() => console.log('timer 3'), 1);
// All are due when the loop starts.
const start = Date.now();
while (Date.now() - start < 10);
