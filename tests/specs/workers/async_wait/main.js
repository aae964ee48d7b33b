'use strict';
// Waiting for another thread without blocking.
const { Worker } = require('worker_threads');
const numbers = new Int32Array(new SharedArrayBuffer(4));
const worker = new Worker(`
  const { workerData, parentPort } = require('worker_threads');
  parentPort.once('message', () => {
    Atomics.store(workerData, 0, 5);
    parentPort.postMessage(Atomics.notify(workerData, 0));
  });
`, { eval: true, workerData: numbers });
const { async, value } = Atomics.waitAsync(numbers, 0, 0);
console.log(async, value instanceof Promise, Atomics.waitAsync(numbers, 0, 1));
let events = 0;
const done = () => {
  if (++events === 2) console.log('value', numbers[0]);
};
value.then((result) => {
  console.log(result);
  done();
});
worker.on('message', (count) => {
  if (count !== 1) console.log('woken', count);
  done();
});
worker.postMessage('go');
