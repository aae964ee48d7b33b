'use strict';
// Waiting without blocking ends when its time is over, if something else keeps the loop alive until then.
const numbers = new Int32Array(new SharedArrayBuffer(8));
const alive = setTimeout(() => console.log('too late'), 10000);
Atomics.waitAsync(numbers, 0, 0, 10).value.then((result) => console.log('first', result));
Atomics.waitAsync(numbers, 0, 0).value.then((result) => {
  console.log('second', result);
  clearTimeout(alive);
});
console.log(Atomics.waitAsync(numbers, 1, 0, 0), Atomics.waitAsync.name, Atomics.waitAsync.length);
Atomics.waitAsync(numbers, 1, 0, 30).value.then((result) => {
  console.log('third', result);
  console.log(Atomics.notify(numbers, 0));
});
