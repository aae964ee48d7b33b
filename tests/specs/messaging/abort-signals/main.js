'use strict';

// Signals that may be sent to others: copies are aborted when the original is, and keep nothing alive.

const { transferableAbortController, transferableAbortSignal } = require('util');
const { Worker } = require('worker_threads');

if (!require('worker_threads').isMainThread) {
  require('worker_threads').parentPort.once('message', ({ signal, gone }) => {
    const { parentPort } = require('worker_threads');
    parentPort.postMessage(['in the worker', signal.aborted, gone.aborted, gone.reason]);
    const waits = setInterval(() => {}, 1000);
    signal.onabort = () => {
      parentPort.postMessage(['the worker was told of', signal.reason]);
      clearInterval(waits);
    };
  });
} else {
  const controller = transferableAbortController();
  const { signal } = controller;
  const copy = structuredClone(signal, { transfer: [signal] });
  console.log(copy instanceof AbortSignal, copy === signal, copy.aborted);
  copy.onabort = () => console.log('copy told of', copy.reason);
  signal.onabort = () => console.log('original');

  try {
    structuredClone(new AbortController().signal, { transfer: [AbortSignal.abort()] });
  } catch (error) {
    console.log(error.name);
  }
  const worker = new Worker(__filename);
  const gone = transferableAbortSignal(AbortSignal.abort('early'));
  worker.postMessage({ signal, gone }, [signal, gone]);
  const said = [];
  worker.on('message', (message) => said.push(message));
  worker.once('message', () => controller.abort('late'));
  worker.on('exit', (code) => console.log(said, code));
}
