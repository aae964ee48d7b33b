'use strict';

// Many timers at once: waiting, cleared, due in order. The full size: `loopscope-node --expose-gc main.js 1000000`.

const count = Number(process.argv[2] ?? 100_000);
const timeouts = () => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
const heap = () => {
  gc();
  return process.memoryUsage().heapUsed;
};
const nothing = () => {};

const before = heap();
let timers = [];
for (let i = 0; i < count; i++) timers.push(setTimeout(nothing, 1e6 + (i % 5000)));
for (let i = 0; i < count; i++) timers.push(setTimeout(nothing, 2e6 + i));
console.log('waiting', timeouts() === 2 * count);
console.log('bytes for each below 400:', (heap() - before) / (2 * count) < 400);
timers.forEach(clearTimeout);
timers = undefined;
console.log('waiting', timeouts());
console.log('bytes kept of each below 20:', (heap() - before) / (2 * count) < 20);

// Those that are due come in the order of their times, those of one time in the order in which they were made.
const began = performance.now();
let last = 0;
let fired = 0;
let early = 0;
let wrong = 0;
for (let i = 0; i < count; i++) {
  const delay = 1 + (i * 7919) % 100;
  const made = performance.now();
  setTimeout(() => {
    if (performance.now() - made < delay - 1) early++;
    fired++;
  }, delay);
}
for (let i = 0; i < count; i++) {
  setTimeout((number) => {
    if (number !== last++) wrong++;
  }, 50, i);
}
process.on('exit', () => console.log('fired', fired === count, last === count, early, wrong, performance.now() - began >= 100));
