// Ticks made by ticks run in the same drain: the timer waits for all of them.
let left = 100_000;
setTimeout(() => console.log('timer, left:', left), 0);
setImmediate(() => console.log('immediate, left:', left));
process.nextTick(function next() {
  if (--left > 0) process.nextTick(next);
  else console.log('ticks done');
});
const start = Date.now();
while (Date.now() - start < 5);
