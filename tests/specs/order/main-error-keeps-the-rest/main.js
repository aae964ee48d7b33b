// With a handler, what the main script scheduled before it threw still runs.
process.on('uncaughtException', (error, origin) => console.log('caught', error.message, origin));
process.nextTick(() => console.log('tick'));
Promise.resolve().then(() => console.log('promise'));
setTimeout(() => console.log('timeout'), 200);
throw new Error('main');
