// Since Node 11 the microtasks run between two timers that are due together.
setTimeout(() => {
  console.log('timer 1');
  Promise.resolve().then(() => console.log('promise'));
  process.nextTick(() => console.log('tick'));
});
setTimeout(() => console.log('timer 2'));
