'use strict';
// Messages from any thread to any other.
const { postMessageToThread, Worker, threadId } = require('worker_threads');
const show = (promise) => promise.then(() => console.log('delivered'), (error) => console.log(error.name, error.code, error.message));
(async () => {
  await show(postMessageToThread(threadId, 'x'));
  await show(postMessageToThread(1e6, 'x'));
  const worker = new Worker(`
    process.on('workerMessage', (value, source) => {
      if (value === 'throw') throw new Error('in the listener');
      console.log(value, source);
    });
    require('worker_threads').parentPort.once('message', () => {});
  `, { eval: true });
  await show(postMessageToThread(worker.threadId, { list: [1] }));
  await show(postMessageToThread(worker.threadId, new Uint8Array(2), [], 10000));
  await show(postMessageToThread(worker.threadId, 'throw'));
  worker.postMessage('end');
})();
