const { Worker } = require('worker_threads');
const worker = new Worker('require("worker_threads").parentPort.postMessage(1)', { eval: true });
worker.on('message', function heard(value) {
  debugger;
  console.log('heard', value);
});
