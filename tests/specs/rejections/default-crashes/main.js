// An unhandled rejection with an error ends the process with code 1 and prints the error.
process.on('exit', (code) => console.log('exit', code));
setTimeout(() => console.log('never'), 100);
Promise.reject(new Error('nobody listens'));
Promise.resolve().then(() => console.log('microtasks still run'));
process.nextTick(() => console.log('ticks still run'));
