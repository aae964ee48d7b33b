// I/O started by the main script completes at the earliest in the poll phase: never before ticks and promises.
require('fs').readFile(__filename, 'utf8', (error, text) => console.log('read', text.length > 0));
Promise.resolve().then(() => console.log('promise'));
process.nextTick(() => console.log('tick'));
console.log('main');
