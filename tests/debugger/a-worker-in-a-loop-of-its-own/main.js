const { Worker } = require('worker_threads');
const worker = new Worker(__dirname + '/loop.js', { name: 'loop' });
worker.on('exit', (code) => console.log('exit', code));
