// why: 1:1
const { Worker, isMainThread, parentPort } = require('node:worker_threads');
if (isMainThread) {
  const worker = new Worker(__filename, { name: 'adder' });
  worker.on('message', function answered(sum) { console.log(sum); });
  worker.postMessage([1, 2]);
} else {
  parentPort.once('message', function add([one, two]) { parentPort.postMessage(one + two); });
}
