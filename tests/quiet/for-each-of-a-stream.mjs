// The forEach of a stream waits for its async function.
import { Readable } from 'node:stream'; import { setTimeout as sleep } from 'node:timers/promises';
await Readable.from([1, 2, 3, 4, 5, 6]).forEach(async (n) => {
  await sleep(3);
}, { concurrency: 3 });
await Readable.from([1, 2, 3]).forEach(async (n) => {
  await sleep(3);
});
console.log('done');
