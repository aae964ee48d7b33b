'use strict';
// A worker has a copy of the environment, one of its own, or shares it.
const { Worker, SHARE_ENV, setEnvironmentData, getEnvironmentData } = require('worker_threads');
process.env.SPEC_VALUE = 'original';
setEnvironmentData('greeting', { text: 'hello' });
setEnvironmentData('gone', 1);
setEnvironmentData('gone', undefined);
const script = `
  const { parentPort, getEnvironmentData } = require('worker_threads');
  const before = process.env.SPEC_VALUE;
  process.env.SPEC_VALUE = 'changed';
  process.env.SPEC_NUMBER = 5;
  parentPort.postMessage([before, process.env.SPEC_VALUE, process.env.SPEC_NUMBER, getEnvironmentData('greeting'),
    getEnvironmentData('gone')]);
`;
(async () => {
  for (const env of [undefined, { SPEC_VALUE: 'own' }, SHARE_ENV]) {
    const worker = new Worker(script, { eval: true, env });
    worker.on('message', (value) => console.log(value));
    await new Promise((resolve) => worker.on('exit', resolve));
    console.log(process.env.SPEC_VALUE, process.env.SPEC_NUMBER);
  }
  console.log(getEnvironmentData('greeting'));
  try {
    new Worker('', { eval: true, env: 1 });
  } catch (error) {
    console.log(error.code, error.message);
  }
})();
