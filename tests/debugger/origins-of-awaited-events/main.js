const { EventEmitter, once } = require('events');
const emitter = new EventEmitter();
async function waits() {
  const [text] = await once(emitter, 'go');
  debugger;
}
waits();
const target = new EventTarget();
target.addEventListener('x', function listener() {
  debugger;
});
setImmediate(function emit() {
  emitter.emit('go', 'text');
  target.dispatchEvent(new Event('x'));
});
