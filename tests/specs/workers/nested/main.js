'use strict';
// Workers start workers; an error goes up from one to the next.
const { Worker } = require('worker_threads');
const inner = `require('worker_threads').parentPort.postMessage('inner'); throw new RangeError('from the innermost');`;
const outer = `
  const { Worker, parentPort } = require('worker_threads');
  const worker = new Worker(${JSON.stringify(inner)}, { eval: true });
  worker.on('message', (value) => parentPort.postMessage(['outer heard', value]));
`;
const worker = new Worker(outer, { eval: true });
worker.on('message', (value) => console.log(value));
worker.on('error', ({ name, message }) => console.log(name, message));
worker.on('exit', (code) => console.log('exit', code));
