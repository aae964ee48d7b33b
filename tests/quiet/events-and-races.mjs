// Iterators over events, time limits, intervals, a mutex.
import { EventEmitter, once, on } from 'node:events';
import { setTimeout as sleep, setInterval as every } from 'node:timers/promises';
const e = new EventEmitter();
const ac = new AbortController();
const reader = (async () => { let seen = 0; try { for await (const [x] of on(e, 'data', { signal: ac.signal })) seen += x; } catch (err) { if (err.name !== 'AbortError') throw err; } return seen; })();
for (let i = 0; i < 10; i++) { e.emit('data', i); await sleep(2); }
ac.abort();
console.log(await reader);
// races with a time limit
const limit = (p, ms) => { let t; return Promise.race([p, new Promise((_, no) => { t = setTimeout(() => no(new Error('late')), ms); })]).finally(() => clearTimeout(t)); };
console.log(await limit(sleep(5, 'a'), 100));
try { await limit(sleep(600), 5); } catch (x) { console.log(x.message); }
let n = 0;
for await (const _ of every(3)) if (++n === 5) break;
// The signal keeps nothing alive; the sleep above does.
const p = once(e, 'never-or-so', { signal: AbortSignal.timeout(10) }).catch((x) => x.name);
console.log(await p);
// semaphore and mutex
class Mutex { #tail = Promise.resolve(); lock() { let go; const next = new Promise((r) => (go = r)); const had = this.#tail; this.#tail = next; return had.then(() => go); } }
const m = new Mutex();
await Promise.all(Array.from({ length: 5 }, async (_, i) => { const go = await m.lock(); await sleep(2); go(); }));
console.log('end');
