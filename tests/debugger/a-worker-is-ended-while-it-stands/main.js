const { Worker } = require('worker_threads');
const worker = new Worker('debugger; while (true);', { eval: true });
worker.on('online', () => setTimeout(() => worker.terminate().then((code) => {
  console.log('terminated', code);
}), 100));
