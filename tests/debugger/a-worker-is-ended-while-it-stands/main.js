const { Worker } = require('worker_threads');
const worker = new Worker('debugger; while (true);', { eval: true });
globalThis.end = () => void worker.terminate().then((code) => {
  console.log('terminated', code);
});
