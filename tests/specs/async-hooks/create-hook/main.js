// createHook sees timers and resources.
const { createHook, AsyncResource } = require('async_hooks');
const events = [];
const types = new Map();
const hook = createHook({
  init(id, type) { if (['Timeout', 'Immediate', 'MyResource'].includes(type)) { types.set(id, type); events.push(`init ${type}`); } },
  before(id) { if (types.has(id)) events.push(`before ${types.get(id)}`); },
  after(id) { if (types.has(id)) events.push(`after ${types.get(id)}`); },
  destroy(id) { if (types.has(id)) events.push(`destroy ${types.get(id)}`); },
}).enable();
setImmediate(() => {
  events.push('immediate runs');
  setTimeout(() => {
    events.push('timeout runs');
    setTimeout(() => { hook.disable(); console.log(events.join('\n')); }, 50);
  }, 30);
});
const r = new AsyncResource('MyResource');
r.runInAsyncScope(() => events.push('in resource'));
r.emitDestroy();
try { createHook({ init: 5 }); } catch (e) { console.log(e.code, e.message); }
