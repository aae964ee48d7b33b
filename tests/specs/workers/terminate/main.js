'use strict';
// A worker can be ended wherever it is.
const { Worker } = require('worker_threads');
const scripts = ['for (;;);', 'setInterval(() => {}, 1000)',
  'Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)',
  'const spin = () => Promise.resolve().then(spin); spin()'];
(async () => {
  for (const script of scripts) {
    const worker = new Worker(`require('worker_threads').parentPort.postMessage(0); ${script}`, { eval: true });
    worker.on('exit', (code) => console.log('exit', code));
    await new Promise((resolve) => worker.on('message', resolve));
    console.log(await worker.terminate(), await worker.terminate());
  }
})();
