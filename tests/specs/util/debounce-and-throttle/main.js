// debounce and throttle: what is called, with which arguments, what the promises get, arguments that are refused.
const { debounce, throttle } = require('util');
const tell = (name, promise) => promise.then((v) => console.log(name, 'got', v), (e) => console.log(name, e.name, e.code, e.message));
const late = debounce((...args) => { console.log('late', ...args); return args.length; }, 20);
tell('first', late(1));
tell('second', late(1, 2));
console.log(late.pendingCount, late.pending instanceof Promise, Object.keys(late));
const picky = debounce((x) => x, 20, { rejectOnCancel: true });
tell('superseded', picky(1));
tell('kept', picky(2));
const leading = debounce((x) => { console.log('leading', x); return x; }, 50, { leading: true });
tell('at once', leading('a'));
leading('b').catch((e) => console.log('cancelled', e.name, e.cause));
leading.cancel('reason');
const flushed = debounce((x) => { console.log('flushed', x); return x; }, 1e6);
flushed('now');
flushed.flush();
const dropped = throttle((x) => { console.log('throttled', x); return x; }, 2, 1000, { overflow: 'drop' });
for (const x of [1, 2, 3]) tell(`call ${x}`, dropped(x));
console.log(dropped.hasImmediateCapacity(), dropped.activeCount);
const queued = throttle((x) => { console.log('queued', x); return x; }, 1, 30);
queued(1);
setTimeout(() => queued(2).then(() => console.log(queued.pendingCount)), 5);
for (const args of [[1, 1], [() => {}, 'x'], [() => {}, 1, { leading: 1 }]]) try { debounce(...args); } catch (e) { console.log(e.code, e.message); }
for (const args of [[1], [() => {}, 0, 1], [() => {}, 1, -1], [() => {}, 1, 1, { overflow: 'x' }]]) try { throttle(...args); } catch (e) { console.log(e.code, e.message); }
