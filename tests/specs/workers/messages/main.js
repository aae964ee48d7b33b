'use strict';
// Messages to and from a worker, in the order in which they were sent, and the events around them.
const { Worker, isMainThread, threadId } = require('worker_threads');
console.log(isMainThread, threadId);
const worker = new Worker(`
  const { parentPort, isMainThread, threadId, threadName, workerData } = require('worker_threads');
  parentPort.postMessage({ isMainThread, threadId, threadName, workerData });
  parentPort.on('message', (value) => {
    if (value === null) parentPort.close();
    else parentPort.postMessage(new Map([[value, [value, { deep: new Date(value) }]]]));
  });
`, { eval: true, workerData: { list: [1, 2n, undefined] }, name: 'doubler' });
worker.on('online', () => console.log('online'));
worker.on('message', (value) => console.log('message', value));
worker.on('error', (error) => console.log('error', error));
worker.on('exit', (code) => console.log('exit', code, worker.threadId));
for (const value of [1, 2, 3, null]) worker.postMessage(value);
