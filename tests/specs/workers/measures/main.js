'use strict';
// What a worker's starter can measure.
const { Worker } = require('worker_threads');
const worker = new Worker('setInterval(() => {}, 10)', { eval: true });
worker.on('online', async () => {
  const heap = await worker.getHeapStatistics();
  console.log(heap.used_heap_size > 0, heap.heap_size_limit > heap.used_heap_size);
  const { user, system } = await worker.cpuUsage();
  console.log(typeof user, typeof system);
  await worker.terminate();
  for (const act of [() => worker.getHeapStatistics(), () => worker.cpuUsage(1), () => worker.postMessage(() => {})]) {
    try {
      console.log(await act());
    } catch (error) {
      console.log(error.code, error.message);
    }
  }
});
