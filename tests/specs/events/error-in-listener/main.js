// A listener that throws stops the ones behind it, and emit throws.
const EventEmitter = require('events');
const e = new EventEmitter();
e.on('x', () => console.log('first'));
e.on('x', () => { throw new Error('second'); });
e.on('x', () => console.log('never'));
try {
  e.emit('x');
} catch (error) {
  console.log('emit threw', error.message);
}
console.log(e.listenerCount('x'));
