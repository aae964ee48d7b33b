const { Worker } = require('worker_threads');
const outer = new Worker(__dirname + '/outer.js', { name: 'outer' });
outer.on('exit', (code) => console.log('exit', code));
