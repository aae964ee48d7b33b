// The ticks and microtasks after a tick that throws still run.
process.on('uncaughtException', (error) => console.log('caught', error.message));
process.nextTick(() => {
  throw new Error('tick 1');
});
process.nextTick(() => console.log('tick 2'));
Promise.resolve().then(() => console.log('promise'));
setTimeout(() => console.log('timeout'), 200);
