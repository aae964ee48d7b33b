'use strict';
// A worker keeps the program alive unless it is unref'd; the loop's use of a worker can be measured.
const { Worker } = require('worker_threads');
const forgotten = new Worker('setInterval(() => {}, 1000)', { eval: true });
forgotten.unref();
const worker = new Worker(`
  const { performance } = require('perf_hooks');
  const { utilization, idle, active } = performance.eventLoopUtilization();
  require('worker_threads').parentPort.postMessage([utilization >= 0, idle >= 0, active >= 0]);
  setTimeout(() => {}, 20);
`, { eval: true });
console.log(worker.performance.eventLoopUtilization());
worker.on('message', (value) => {
  console.log(value);
  const used = worker.performance.eventLoopUtilization();
  console.log(Object.keys(used), used.utilization >= 0 && used.utilization <= 1);
});
worker.on('exit', (code) => {
  console.log('exit', code, worker.performance.eventLoopUtilization());
  console.log(forgotten.threadId > 0);
});
process.on('worker', (started) => console.log('started', started === worker));
