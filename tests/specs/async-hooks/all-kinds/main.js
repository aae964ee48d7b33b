// The life of every kind of resource, as hooks see it.
const fs = require('fs');
const { createHook, executionAsyncId, triggerAsyncId, executionAsyncResource } = require('async_hooks');
const log = [];
const first = executionAsyncId();
let base;
const n = (id) => (id <= first ? id : id - base);
createHook({
  init(id, type, trigger, resource) { base ??= id - 1; log.push(`init ${n(id)} ${type} ${n(trigger)} ${typeof resource}`); },
  before(id) { log.push(`before ${n(id)}`); },
  after(id) { log.push(`after ${n(id)}`); },
  promiseResolve(id) { log.push(`resolve ${n(id)}`); },
}).enable();
const say = (name) => log.push(`${name} ${n(executionAsyncId())} ${n(triggerAsyncId())} ${typeof executionAsyncResource()}`);
say('main');
setTimeout(say, 1, 'timeout');
process.nextTick(say, 'tick');
queueMicrotask(() => say('microtask'));
Promise.resolve(1).then(() => say('then'));
(async () => { await null; say('await'); })();
setTimeout(() => fs.stat('/', () => {
  say('stat');
  setImmediate(() => { say('immediate'); console.log(log.join('\n')); });
}), 20);
clearTimeout(setTimeout(() => {}, 100));
