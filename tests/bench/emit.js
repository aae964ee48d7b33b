// An event emitter with two listeners.
const { EventEmitter } = require('events');

const emitter = new EventEmitter();
let sum = 0;
emitter.on('value', (value) => { sum += value; });
emitter.on('value', (value) => { sum -= value - 1; });
const start = process.hrtime.bigint();
for (let i = 0; i < 5_000_000; i++) emitter.emit('value', i);
if (sum !== 5_000_000) process.exit(1);
console.log('ms', Number(process.hrtime.bigint() - start) / 1e6);
