'use strict';

// The clock of `performance` is the process's, in every thread; what it measured comes in order.
const { Worker } = require('worker_threads');
const inWorker = `
  const { parentPort } = require('worker_threads');
  const { nodeTiming, timeOrigin } = performance;
  parentPort.postMessage([timeOrigin, performance.now(), nodeTiming.v8Start, process.uptime()]);`;
const { nodeTiming, timeOrigin } = performance;
const moments = ['nodeStart', 'v8Start', 'environment', 'bootstrapComplete'].map((name) => nodeTiming[name]);
console.log(moments.every((moment, index) => moment >= 0 && (index === 0 || moment > moments[index - 1])));
console.log(performance.now() > moments.at(-1), nodeTiming.loopStart, nodeTiming.loopExit);
setTimeout(() => {
  const before = performance.now();
  new Worker(inWorker, { eval: true }).on('message', ([origin, now, v8Start, uptime]) => {
    console.log(origin === timeOrigin, now > before && now < performance.now(), v8Start > before, uptime * 1000 > before - 100);
    console.log(nodeTiming.loopStart > moments.at(-1));
  });
}, 20);
