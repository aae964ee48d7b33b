const { Worker, isMainThread, parentPort } = require('node:worker_threads');
if (isMainThread) {
  const worker = new Worker(__filename);
  worker.on('error', (error) => process.exitCode = error.message.length);
} else {
  const later = Promise.reject(new Error('handled'));
  queueMicrotask(() => later.catch(() => {}));
  setImmediate(() => { Promise.reject(new Error('lost in a worker')); });
}
