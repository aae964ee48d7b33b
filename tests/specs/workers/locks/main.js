'use strict';

// Web locks are those of the process: a worker and the main thread wait for each other.
const { Worker, isMainThread, parentPort } = require('worker_threads');
const brief = ({ held, pending }) => ({ held: held.map(show), pending: pending.map(show) });
const show = ({ name, mode, clientId }) => `${name} ${mode} ${clientId.replace(/^node-\d+-/, '')}`;

async function main() {
  const worker = new Worker(__filename);
  const said = async () => {
    const message = await new Promise((resolve) => worker.once('message', resolve));
    console.log('worker:', message);
  };
  await said();
  console.log('free?', await navigator.locks.request('door', { ifAvailable: true }, (lock) => lock !== null));
  const mine = navigator.locks.request('door', async (lock) => {
    console.log('main has it', lock.name, lock.mode, brief(await navigator.locks.query()));
  });
  console.log(brief(await navigator.locks.query()));
  worker.postMessage('let go');
  await mine;
  const shared = await Promise.all([1, 2].map((n) => navigator.locks.request('hall', { mode: 'shared' }, () => n)));
  console.log(shared);
  worker.postMessage('end');
  await new Promise((resolve) => worker.once('exit', resolve));
}

async function worker() {
  const told = () => new Promise((resolve) => parentPort.once('message', resolve));
  await navigator.locks.request('door', async () => {
    parentPort.postMessage('has the door');
    await told();
  });
  await told();
  parentPort.close();
}

if (isMainThread) main();
else worker();
