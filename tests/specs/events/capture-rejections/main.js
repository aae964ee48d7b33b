// captureRejections sends rejections of async listeners to 'error'.
const { EventEmitter, captureRejectionSymbol, errorMonitor } = require('events');
const e = new EventEmitter({ captureRejections: true });
e.on('work', async (n) => { throw new Error(`work ${n}`); });
e.on(errorMonitor, (err) => console.log('monitor', err.message));
e.on('error', (err) => console.log('error', err.message));
e.emit('work', 1);
console.log('emitted');
const own = new EventEmitter({ captureRejections: true });
own[captureRejectionSymbol] = (err, name, ...args) => console.log('own handler', err.message, name, args);
own.on('x', async () => Promise.reject(new Error('mine')));
own.emit('x', 1, 2);
const plain = new EventEmitter();
plain.on('y', async () => { throw new Error('not captured'); });
process.on('unhandledRejection', (err) => console.log('unhandled', err.message));
plain.emit('y');
