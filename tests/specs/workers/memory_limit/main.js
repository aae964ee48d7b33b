'use strict';
// A worker whose heap is full ends; the program goes on.
const { Worker } = require('worker_threads');
const resourceLimits = { maxOldGenerationSizeMb: 10 };
const worker = new Worker('const all = []; for (;;) all.push(new Array(1000).fill(0.5));', { eval: true, resourceLimits });
console.log(worker.resourceLimits.maxOldGenerationSizeMb, worker.resourceLimits.stackSizeMb);
worker.on('error', (error) => console.log(error.code, error.message));
worker.on('exit', (code) => {
  console.log('exit', code, worker.resourceLimits);
});
