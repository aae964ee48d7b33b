// An error in a queueMicrotask callback is uncaught, and the other microtasks still run.
process.on('uncaughtException', (error) => console.log('caught', error.message));
queueMicrotask(() => {
  throw new Error('microtask 1');
});
queueMicrotask(() => console.log('microtask 2'));
process.nextTick(() => console.log('tick'));
