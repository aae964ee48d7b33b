// Promises that are combined, iterators that are left, signals.
import { EventEmitter, once } from 'node:events';
import { setTimeout as sleep, setInterval as every } from 'node:timers/promises';

const fails = (ms, what) => new Promise((_, no) => setTimeout(() => no(new Error(what)), ms));

console.log(await Promise.race([sleep(2, 'a'), sleep(20, 'b'), new Promise(() => {})]));
console.log(await Promise.any([Promise.reject(new Error('x')), sleep(2, 'ok')]));
console.log((await Promise.allSettled([fails(1, 'x'), sleep(2)])).map((one) => one.status));
await Promise.all([fails(1, 'first'), fails(4, 'second')]).catch((failed) => console.log(failed.message));
for await (const _ of every(2)) break;
const emitter = new EventEmitter();
setTimeout(() => emitter.emit('here', 1), 2);
console.log(await once(emitter, 'here'));
const controller = new AbortController();
setTimeout(() => controller.abort(), 2);
console.log(await once(emitter, 'never', { signal: controller.signal }).catch((failed) => failed.name));
process.nextTick(() => queueMicrotask(() => process.nextTick(() => setImmediate(() => console.log('last')))));
setInterval(() => {}, 1000).unref();
await ['a', 'b', 'c'].reduce((before, name) => before.then(() => sleep(1, name)), Promise.resolve());
