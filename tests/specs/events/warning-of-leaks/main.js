// Warnings about too many listeners: for whom, how worded, once per event, for targets and signals, and turned off.
const { EventEmitter, setMaxListeners } = require('events');
class Chatty extends EventEmitter {}
const f = () => {};
const chatty = new Chatty();
for (let i = 0; i < 15; i++) chatty.on('said', f);
for (let i = 0; i < 15; i++) chatty.on(Symbol.for('symbolic'), f);
const nameless = new (class extends EventEmitter {})();
nameless.setMaxListeners(1).on('a', f).on('a', f);
const limited = new EventEmitter();
setMaxListeners(2, limited);
limited.once('b', f).prependListener('b', f).on('b', f).on('b', f);
EventEmitter.defaultMaxListeners = 1;
new EventEmitter().on('c', f).on('c', f);
EventEmitter.defaultMaxListeners = 10;
new EventEmitter().setMaxListeners(Infinity).on('d', f).on('d', f);
const target = new EventTarget();
for (let i = 0; i < 12; i++) target.addEventListener('t', () => {});
const { signal } = new AbortController();
for (let i = 0; i < 12; i++) signal.addEventListener('abort', () => {});
const quiet = new EventTarget();
setMaxListeners(0, quiet);
for (let i = 0; i < 12; i++) quiet.addEventListener('t', () => {});
const named = Object.assign(new EventEmitter(), { constructor: undefined });
named.setMaxListeners(1).on('e', f).on('e', f);
process.on('warning', ({ name, message, emitter, target: of, type, count }) => console.log(name, '|', message, '|', (emitter ?? of)?.constructor?.name, type, count));
console.log('main done');
