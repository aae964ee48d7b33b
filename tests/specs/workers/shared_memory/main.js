'use strict';
// Two threads see the same memory; what is moved is gone from its sender.
const { Worker } = require('worker_threads');
const shared = new Int32Array(new SharedArrayBuffer(8));
const moved = new Uint8Array([1, 2, 3]);
const worker = new Worker(`
  const { parentPort, workerData } = require('worker_threads');
  const { shared, moved } = workerData;
  Atomics.wait(shared, 0, 0);
  Atomics.add(shared, 1, moved[0] + moved[1] + moved[2]);
  Atomics.store(shared, 0, 2);
  Atomics.notify(shared, 0);
  parentPort.postMessage(moved, [moved.buffer]);
`, { eval: true, workerData: { shared, moved }, transferList: [moved.buffer] });
console.log(moved.length);
worker.on('online', () => {
  Atomics.store(shared, 0, 1);
  Atomics.notify(shared, 0);
});
worker.on('message', (value) => console.log(value, shared));
worker.on('exit', (code) => console.log('exit', code));
