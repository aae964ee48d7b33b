const { parentPort, threadId } = require('worker_threads');
setImmediate(() => {
  parentPort.postMessage('done');
});
parentPort.once('message', () => {});
