'use strict';
const { once } = require('events');
const { Session } = require('inspector');
const { Worker, isMainThread, parentPort } = require('worker_threads');

if (!isMainThread) {
  let sum = 0;
  for (const one of [1, 2, 3]) sum += one;
  debugger;
  parentPort.postMessage(sum);
} else {
  const session = new Session();
  session.connect();
  const post = (method, params) => new Promise((done, failed) => {
    session.post(method, params, (error, result) => (error ? failed(error) : done(result)));
  });
  let last = 0;
  const waiting = new Map();
  const ask = (sessionId, method, params) => new Promise((done) => {
    const id = ++last;
    waiting.set(id, done);
    post('NodeWorker.sendMessageToWorker', { sessionId, message: JSON.stringify({ id, method, params }) });
  });
  session.on('NodeWorker.receivedMessageFromWorker', async ({ params: { sessionId, message } }) => {
    const { id, result, method, params } = JSON.parse(message);
    if (id !== undefined) {
      waiting.get(id)(result);
      return;
    }
    if (method !== 'Debugger.paused') return;
    const [frame] = params.callFrames;
    console.log('paused', frame.location.lineNumber, params.reason);
    const { result: value } = await ask(sessionId, 'Debugger.evaluateOnCallFrame', {
      callFrameId: frame.callFrameId, expression: 'sum * 10',
    });
    console.log('value', value.value);
    await ask(sessionId, 'Debugger.resume');
  });
  session.on('NodeWorker.attachedToWorker', async ({ params: { sessionId, workerInfo, waitingForDebugger } }) => {
    console.log('attached', sessionId, workerInfo.type, workerInfo.title, waitingForDebugger);
    console.log(workerInfo.url.endsWith('main.js'), workerInfo.workerId);
    await ask(sessionId, 'Debugger.enable');
    await ask(sessionId, 'Runtime.enable');
    await ask(sessionId, 'Runtime.runIfWaitingForDebugger');
  });
  let message;
  session.on('NodeWorker.detachedFromWorker', async ({ params }) => {
    console.log('message', (await message)[0]);
    console.log('detached', params.sessionId);
    session.disconnect();
  });
  post('NodeWorker.enable', { waitForDebuggerOnStart: true }).then(() => {
    const worker = new Worker(__filename, { name: 'sums' });
    message = once(worker, 'message');
  });
}
