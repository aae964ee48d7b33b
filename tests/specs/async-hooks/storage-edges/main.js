// What is left of a value after run, exit, disable and scopes.
const { AsyncLocalStorage, AsyncResource } = require('async_hooks');
const attempt = (f) => { try { console.log(f()); } catch (e) { console.log(e.name, e.code, e.message); } };
const d = new AsyncLocalStorage({ defaultValue: 9 });
attempt(() => [d.getStore(), d.run(undefined, () => d.getStore()), d.run(1, () => d.exit(() => d.getStore())), d.disable(), d.getStore()]);
for (const [name, act] of Object.entries({
  direct() {},
  run: (s) => s.run('G', () => {}),
  otherRun: () => d.run('G', () => {}),
  throwing: (s) => { try { s.run('G', () => { throw 1; }); } catch {} },
  scope: (s) => s.withScope(5)[Symbol.dispose](),
  sameRun: (s) => s.run('F', () => {}),
})) {
  const s = new AsyncLocalStorage();
  s.enterWith('F');
  setTimeout(() => console.log(name, s.getStore()), 1);
  act(s);
  s.disable();
}
const a = new AsyncLocalStorage();
const b = new AsyncLocalStorage();
a.run(1, () => b.enterWith(2));
attempt(() => b.getStore());
for (const options of [5, null]) attempt(() => new AsyncLocalStorage(options));
attempt(() => [new AsyncLocalStorage({ name: 5 }).name, new AsyncLocalStorage().name, a]);
attempt(() => AsyncLocalStorage.bind(5));
attempt(() => a.run());
attempt(() => a.exit(5));
attempt(() => { const f = AsyncLocalStorage.bind(function foo(x, y) {}); return [f.name, f.length, AsyncLocalStorage.snapshot().length]; });
attempt(() => { const f = AsyncResource.bind(function() { return this; }, 'T', { x: 1 }); return [f(), f.call(7)]; });
for (const type of [undefined, 5]) attempt(() => new AsyncResource(type));
for (const triggerAsyncId of [-2, 'a', NaN]) attempt(() => new AsyncResource('X', { triggerAsyncId }));
attempt(() => [new AsyncResource('X', { triggerAsyncId: 7 }).triggerAsyncId(), new AsyncResource('X', 7).triggerAsyncId()]);
