// Rejections of listeners: per emitter, for all, for 'error' itself, and inherited handlers.
const events = require('events');
const { EventEmitter, captureRejectionSymbol } = events;
const log = (...args) => console.log(...args);
process.on('unhandledRejection', (error) => log('unhandled', error.message));
process.on('uncaughtException', (error) => log('uncaught', error.message));
const plain = new EventEmitter();
plain.on('error', (error) => log('never', error.message));
plain.on('x', async () => { throw new Error('not captured'); });
plain.emit('x');
const capturing = new EventEmitter({ captureRejections: true });
capturing.on('error', (error) => log('captured', error.message));
capturing.on('x', async (value) => { throw new Error(`of ${value}`); });
capturing.on('x', () => ({ then(ok, no) { no(new Error('of a thenable')); } }));
capturing.on('x', () => ({ then: 5 }));
capturing.on('x', () => ({ get then() { throw new Error('then getter'); } }));
log(capturing.emit('x', 1));
const loop = new EventEmitter({ captureRejections: true });
loop.on('error', async () => { throw new Error('in the error listener'); });
loop.emit('error', new Error('first'));
class Own extends EventEmitter {
  constructor() { super({ captureRejections: true }); }
  [captureRejectionSymbol](error, event, ...args) { log('own', error.message, event, args); }
}
const own = new Own();
own.on('job', async (...args) => { await null; throw new Error(`job ${args}`); });
own.emit('job', 1, 2);
const failing = new EventEmitter({ captureRejections: true });
failing[captureRejectionSymbol] = () => { throw new Error('in the handler'); };
failing.on('y', async () => { throw new Error('original'); });
failing.emit('y');
const unlistened = new EventEmitter({ captureRejections: true });
unlistened.on('z', async () => { throw new Error('nobody listens to error'); });
unlistened.emit('z');
events.captureRejections = true;
const all = new EventEmitter();
all.on('error', (error) => log('by default', error.message));
all.on('w', async () => { throw new Error('everywhere'); });
all.emit('w');
events.captureRejections = false;
try { events.captureRejections = 1; } catch (error) { log(error.code); }
process.nextTick(() => log('tick'));
Promise.resolve().then(() => log('microtask'));
setImmediate(() => log('immediate'));
log('end of main');
