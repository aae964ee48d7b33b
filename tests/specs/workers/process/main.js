'use strict';
// What a worker cannot do to the process, and what it refuses to be made from.
const { Worker } = require('worker_threads');
const worker = new Worker(`
  for (const [name, ...args] of [['chdir', '/'], ['abort'], ['umask', 0], ['setuid', 0]]) {
    try {
      process[name](...args);
      console.log(name);
    } catch (error) {
      console.log(error.code, error.message);
    }
  }
  process.title = 'other';
  console.log(typeof process.umask(), process.chdir.disabled, process.title === 'other', __filename);
`, { eval: true });
worker.on('exit', () => {
  const bad = [[1], ['relative'], ['file:///x'], ['', { argv: 1 }], ['', { execArgv: 1 }], ['', { eval: true, name: 1 }],
    ['', { eval: true, execArgv: ['--no-such-flag', '--title=x'] }], ['', { eval: true, resourceLimits: 1 }],
    [new URL('http://example.com/'), {}], [new URL('file:///x'), { eval: true }]];
  for (const args of bad) {
    try {
      new Worker(...args);
      console.log('made');
    } catch (error) {
      console.log(error.name, error.code, error.message);
    }
  }
});
