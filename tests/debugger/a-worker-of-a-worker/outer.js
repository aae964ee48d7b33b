const { Worker } = require('worker_threads');
const inner = new Worker(__dirname + '/inner.js', { name: 'inner' });
inner.on('message', (done) => {
  debugger;
  inner.postMessage('end');
});
