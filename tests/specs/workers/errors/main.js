'use strict';
// What an exception that ends a worker looks like to the one who started it.
const { Worker } = require('worker_threads');
const scripts = [
  `throw new TypeError('wrong')`,
  `throw Object.assign(new RangeError('far'), { code: 'E_FAR', detail: { limit: 3 }, method() {} })`,
  `class Custom extends Error { name = 'Custom'; } throw new Custom('own class')`,
  `throw { plain: true }`,
  `throw null`,
  `Promise.reject(new SyntaxError('late'))`,
  `process.on('exit', (code) => process.stdout.write('exit listener ' + code + '\\n')); throw new Error('listened')`,
  `process.on('uncaughtException', (error) => console.log('caught', error.message)); throw new Error('handled')`,
  `setTimeout(() => { throw new URIError('in a timer') }, 1)`,
];
async function run(script) {
  const worker = new Worker(script, { eval: true });
  await new Promise((resolve) => {
    worker.on('error', (error) => {
      if (error instanceof Error) {
        const { name, message, code, detail, method } = error;
        console.log('error', name, message, code, detail, method, error.constructor.name, typeof error.stack);
      } else {
        console.log('error', error);
      }
    });
    worker.on('exit', (code) => {
      console.log('exit', code);
      resolve();
    });
  });
}
(async () => {
  for (const script of scripts) await run(script);
})();
