// executionAsyncId and AsyncResource.
const { executionAsyncId, triggerAsyncId, AsyncResource, executionAsyncResource } = require('async_hooks');
console.log(executionAsyncId(), triggerAsyncId(), typeof executionAsyncResource());
const main = executionAsyncId();
setTimeout(() => console.log('timer', executionAsyncId() > main, triggerAsyncId() === main), 1);
class Query extends AsyncResource {
  constructor() { super('Query'); }
  run(callback) { return this.runInAsyncScope(callback, this, 'argument'); }
}
const q = new Query();
console.log(q.asyncId() > 1, q.triggerAsyncId() === main, q.run(function (x) { return [x, this === q, executionAsyncId() === q.asyncId()]; }), executionAsyncId() === main);
console.log(q.emitDestroy() === q, AsyncResource.bind(function () { return this; }).call('this').toString(), q.bind((a) => a)(5));
for (const f of [() => new AsyncResource(), () => new AsyncResource('x', 'y'), () => new AsyncResource('X', { triggerAsyncId: -2 }), () => AsyncResource.bind(5)]) try { f(); } catch (e) { console.log(e.name, e.code, e.message); }
