const { Worker } = require('worker_threads');
const worker = new Worker('async function f() { await null; debugger; } f();', { eval: true });
worker.on('exit', (code) => console.log('exit', code));
