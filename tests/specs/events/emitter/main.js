// on, once, prepend, off, order, removal while emitting, return values, names, counts.
const EventEmitter = require('events');
const e = new EventEmitter();
const log = (name) => (...args) => console.log(name, ...args);
const second = log('second');
e.on('x', log('first')); e.on('x', second); e.once('x', log('once')); e.prependListener('x', log('prepended')); e.prependOnceListener('x', log('prepended once'));
console.log(e.emit('x', 1, 2), e.emit('x', 3), e.emit('nothing'));
e.off('x', second).off('x', () => {});
console.log(e.listenerCount('x'), e.eventNames(), e.listeners('x').length, e.rawListeners('x').length);
e.on('self', function self() { console.log('self', this === e); e.off('self', self); });
e.on('self', log('after self'));
e.emit('self'); e.emit('self');
e.on('grow', () => { console.log('grow'); e.once('grow', log('added while emitting')); });
e.emit('grow'); e.emit('grow');
const sym = Symbol('s');
e.on(sym, log('symbol')).emit(sym);
e.removeAllListeners('x').on('newListener', (name, l) => console.log('newListener', name, typeof l)).on('removeListener', (name) => console.log('removeListener', name));
e.once('y', log('y')); e.emit('y'); e.removeAllListeners();
console.log(e.eventNames(), EventEmitter.defaultMaxListeners, e.getMaxListeners(), EventEmitter.EventEmitter === EventEmitter, e.listenerCount('y', log));
for (const f of [() => e.on('a', 5), () => e.on('a'), () => e.setMaxListeners(-1), () => e.off('a', {}), () => e.emit('error'), () => e.emit('error', new TypeError('mine'))]) try { f(); } catch (err) { console.log(err.name, err.code, err.message); }
