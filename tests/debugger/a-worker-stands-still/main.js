const { Worker } = require('worker_threads');
const worker = new Worker(__dirname + '/sums.js', { name: 'sums', workerData: 3 });
worker.on('message', (sum) => {
  console.log('got', sum);
  worker.postMessage('enough');
});
