// An error in an event listener passes through emit.
const { EventEmitter } = require('events');
const emitter = new EventEmitter();
emitter.on('data', function listener() {
  throw new Error('in a listener');
});
try {
  emitter.emit('data');
} catch (error) {
  console.log('caught', error.message);
}
emitter.emit('data');
