// The warning about a possible leak comes once per event.
const { EventEmitter, setMaxListeners, getMaxListeners } = require('events');
class MyEmitter extends EventEmitter {}
const e = new MyEmitter();
for (let i = 0; i < 13; i++) e.on('data', () => {});
const quiet = new EventEmitter().setMaxListeners(0);
for (let i = 0; i < 20; i++) quiet.on('data', () => {});
const small = new EventEmitter();
setMaxListeners(1, small);
small.on('x', () => {}).on('x', () => {});
console.log(getMaxListeners(small), getMaxListeners(e));
process.on('warning', (w) => console.log(w.name, w.message, w.emitter === e || w.emitter === small, w.type, w.count));
