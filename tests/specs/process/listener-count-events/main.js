// process is an EventEmitter: newListener, once, off, custom events.
process.once('custom', (...args) => console.log('once', args));
const listener = (...args) => console.log('on', args);
process.on('custom', listener);
console.log(process.listenerCount('custom'), process.emit('custom', 1, 2), process.emit('custom', 3));
process.off('custom', listener);
console.log(process.listenerCount('custom'), process.emit('custom'));
