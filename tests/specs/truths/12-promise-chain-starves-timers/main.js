// A long chain of reactions is one drain: the timer waits for all of it.
let left = 100_000;
setTimeout(() => console.log('timer, left:', left), 0);
function next() {
  if (--left > 0) return Promise.resolve().then(next);
  console.log('chain done');
}
Promise.resolve().then(next);
