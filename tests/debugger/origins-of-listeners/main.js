const { EventEmitter } = require('events');
const fs = require('fs');
const emitter = new EventEmitter();
function heard() {
  debugger;
}
function subscribe() {
  emitter.on('go', heard);
}
subscribe();
function twice() {
  debugger;
}
emitter.once('go', twice);
emitter.on('other', twice);
setImmediate(function emit() {
  emitter.emit('go');
  const stream = fs.createReadStream(__filename, { highWaterMark: 1 << 20 });
  stream.on('data', function data() {
    debugger;
  });
  const target = new EventTarget();
  target.addEventListener('x', () => {
    debugger;
  });
  target.dispatchEvent(new Event('x'));
  heard();
});
