'use strict';
// A worker's exit code is its own: the process goes on.
const { Worker } = require('worker_threads');
const scripts = ['', 'process.exit()', 'process.exit(7)', 'process.exitCode = 3',
  `process.on('exit', () => { process.exitCode = 9 })`, `process.on('beforeExit', () => process.exit(4))`,
  `setInterval(() => {}, 1000); setImmediate(() => process.exit(5))`];
(async () => {
  for (const script of scripts) {
    const worker = new Worker(script, { eval: true });
    console.log(JSON.stringify(script), await new Promise((resolve) => worker.on('exit', resolve)));
  }
  console.log(process.exitCode);
})();
