// Signals end the timers of timers/promises.
import { setTimeout as sleep, setImmediate as immediate, setInterval as every, scheduler } from 'node:timers/promises';
console.log(await sleep(1, 'value'), await immediate('now'), await sleep());
const ac = new AbortController();
const p = sleep(60_000, 'never', { signal: ac.signal });
ac.abort(new Error('the reason'));
await p.catch((e) => console.log(e.name, e.code, e.message, e.cause.message));
await sleep(1, 0, { signal: AbortSignal.abort() }).catch((e) => console.log(e.name, e.cause.name));
let n = 0;
for await (const value of every(1, 'tick')) {
  console.log(value, ++n);
  if (n === 3) break;
}
const stop = new AbortController();
try {
  for await (const _ of every(1, null, { signal: stop.signal })) stop.abort();
} catch (e) {
  console.log(e.name, e.code);
}
console.log(await scheduler.wait(1), await scheduler.yield());
await sleep('x').catch((e) => console.log(e.code, e.message));
await sleep(1, 0, { signal: 5 }).catch((e) => console.log(e.code, e.message));
await sleep(1, 0, { ref: 'x' }).catch((e) => console.log(e.code, e.message));
await sleep(1, 0, 5).catch((e) => console.log(e.code, e.message));
sleep(60_000, 0, { ref: false }).then(() => console.log('never'));
