// Listeners run inside emit.
const { EventEmitter } = require('events');
const emitter = new EventEmitter();
emitter.on('x', () => console.log('listener'));
emitter.emit('x');
console.log('after emit');
