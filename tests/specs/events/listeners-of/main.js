// Asking for listeners: of emitters and targets, wrapped and raw, counts, limits, and removing while emitting.
const events = require('events');
const { EventEmitter, getEventListeners, listenerCount, getMaxListeners, setMaxListeners, addAbortListener, errorMonitor } = events;
const e = new EventEmitter();
const f = () => {};
const g = () => {};
e.on('x', f).once('x', g).prependListener('x', g).on('x', f);
console.log(e.listeners('x').map((l) => (l === f ? 'f' : l === g ? 'g' : 'wrapped')).join(), e.rawListeners('x').map((l) => l.name + (l.listener === g ? ' wraps g' : '')));
console.log(getEventListeners(e, 'x').length, listenerCount(e, 'x'), e.listenerCount('x', f), e.listenerCount('x', g), e.listenerCount('none'), EventEmitter.listenerCount === listenerCount);
e.off('x', g);
console.log(e.listeners('x').map((l) => (l === f ? 'f' : 'g')).join(), e.eventNames());
e.rawListeners('x').find((l) => l.listener)?.();
console.log(e.listeners('x').length);
const target = new EventTarget();
target.addEventListener('y', f);
target.addEventListener('y', { handleEvent: g });
console.log(getEventListeners(target, 'y').map((l) => typeof l), getMaxListeners(target), getMaxListeners(e));
setMaxListeners(3, e, target);
console.log(e.getMaxListeners(), getMaxListeners(target));
const order = [];
const many = new EventEmitter();
const b = () => order.push('b');
many.on('z', () => { order.push('a'); many.off('z', b); many.on('z', () => order.push('new')); });
many.on('z', b);
many.emit('z');
many.emit('z');
console.log(order.join());
const nested = new EventEmitter();
nested.once('n', () => { order.push('once'); nested.emit('n'); });
nested.on('n', () => order.push('on'));
nested.emit('n');
console.log(order.join());
const log = new EventEmitter();
log.on('newListener', (name, listener) => { console.log('new', name, listener === f, log.listenerCount(name)); if (name === 'first') log.on('first', () => console.log('slipped in before')); });
log.on('removeListener', (name, listener) => console.log('removed', name, listener === f, log.listenerCount(name)));
log.on('second', f);
log.removeAllListeners('second');
log.once('third', f).emit('third');
log.removeAllListeners();
console.log(log.eventNames());
const monitored = new EventEmitter();
monitored.on(errorMonitor, (error) => console.log('monitor', error.message));
try {
  monitored.emit('error', new Error('seen and thrown'));
} catch (error) {
  console.log('thrown', error.message);
}
for (const value of ['text', undefined, null, { a: 1 }, 5, Object.create(null)]) {
  try {
    new EventEmitter().emit('error', value, 'more');
  } catch (error) {
    console.log(error.code, error.message, error.context);
  }
}
const controller = new AbortController();
const disposable = addAbortListener(controller.signal, () => console.log('abort listener'));
addAbortListener(controller.signal, () => console.log('never'))[Symbol.dispose]();
controller.abort();
console.log(typeof disposable[Symbol.dispose], Object.keys(events).sort().join(' '));
console.log(events.usingDomains, events.captureRejections, EventEmitter.defaultMaxListeners, EventEmitter.init.length, Object.keys(EventEmitter.prototype).join(' '));
for (const bad of [() => getEventListeners({}, 'x'), () => setMaxListeners('3'), () => setMaxListeners(3, {}), () => getMaxListeners({}), () => e.once('x'), () => { EventEmitter.defaultMaxListeners = -1; }, () => new EventEmitter({ captureRejections: 5 })]) {
  try {
    bad();
    console.log('no error');
  } catch (error) {
    console.log(error.name, error.code, error.message);
  }
}
