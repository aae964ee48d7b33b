// Timeouts of a thousand durations; most are cleared, as timeouts of requests are.
const start = process.hrtime.bigint();
const timers = [];
for (let i = 0; i < 300_000; i++) timers.push(setTimeout(() => process.exit(1), 10_000 + i % 1000));
for (const timer of timers) clearTimeout(timer);
let left = 2000;
for (let i = left; i > 0; i--) {
  setTimeout(() => {
    if (--left === 0) console.log('ms', Number(process.hrtime.bigint() - start) / 1e6);
  }, i % 20);
}
