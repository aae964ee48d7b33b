'use strict';
// A file as a worker, with a port among its data.
const { Worker, isMainThread, MessageChannel, workerData, parentPort } = require('worker_threads');
const { basename } = require('path');
if (isMainThread) {
  const { port1, port2 } = new MessageChannel();
  const worker = new Worker(__filename, { workerData: { port: port2, text: 'data' }, transferList: [port2], argv: ['x'] });
  port1.on('message', (value) => {
    console.log('port', value);
    port1.close();
  });
  worker.on('message', (value) => console.log('worker', value));
  worker.on('exit', (code) => console.log('exit', code));
} else {
  parentPort.postMessage([basename(process.argv[1]), process.argv[2], require.main === module, workerData.text]);
  workerData.port.postMessage('through its own port');
}
