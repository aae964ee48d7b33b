// What a tracing channel tells of synchronous functions, promises and callbacks.
const dc = require('diagnostics_channel');
const traced = dc.tracingChannel('t');
const events = ['start', 'end', 'asyncStart', 'asyncEnd', 'error'];
const handlers = Object.fromEntries(events.map((event) => [event, (context, name) => {
  console.log(name, context.id, context.result, context.error?.message);
}]));
console.log(traced, traced.hasSubscribers, traced.traceSync((a) => a, {}, null, 'nobody listens'));
traced.subscribe(handlers);
console.log(traced.hasSubscribers, events.every((event) => traced[event] instanceof dc.Channel));
console.log(traced.traceSync(function(a) { return [this.me, a]; }, { id: 1 }, { me: 'this' }, 5));
for (const f of [
  () => traced.traceSync(() => { throw new Error('sync'); }, { id: 2 }),
  () => traced.tracePromise(() => { throw new Error('before the promise'); }, { id: 3 }),
  () => traced.traceCallback(() => {}, 0, {}, null, 5),
  () => dc.tracingChannel(5),
  () => dc.tracingChannel({ start: 1 }),
]) try { f(); } catch (e) { console.log(e.name, e.code, e.message); }
(async () => {
  console.log(await traced.tracePromise(async (a) => a, { id: 4 }, null, 'resolved'));
  await traced.tracePromise(async () => { throw new Error('rejected'); }, { id: 5 }).catch((e) => console.log('caught', e.message));
  const next = () => new Promise((resolve) => setTimeout(resolve, 5));
  traced.traceCallback((callback, x) => setImmediate(callback, null, 'result', x), 0, { id: 6 }, null, (...args) => console.log('callback', args), 9);
  await next();
  traced.traceCallback((x, callback) => setImmediate(callback, new Error('failed')), -1, { id: 7 }, null, 9, (e) => console.log('callback', e.message));
  await next();
  traced.traceCallback((x, callback) => callback(null, 'at once'), undefined, { id: 8 }, null, 9, (e, r) => console.log('callback', r));
  console.log(traced.unsubscribe(handlers), traced.unsubscribe(handlers), traced.hasSubscribers);
})();
