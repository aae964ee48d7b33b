const { EventEmitter } = require('events');
const emitter = new EventEmitter();
emitter.on('go', function heard() {
  debugger;
});
setImmediate(function emit() { emitter.emit('go'); });
