// A chain of next ticks: each schedules the next.
let left = 2_000_000;
const start = process.hrtime.bigint();
process.nextTick(function tick() {
  if (--left > 0) process.nextTick(tick);
  else console.log('ms', Number(process.hrtime.bigint() - start) / 1e6);
});
