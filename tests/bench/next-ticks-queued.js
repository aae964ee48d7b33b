// Many next ticks queued at once, with an argument each.
let left = 1_000_000;
const start = process.hrtime.bigint();
const done = (by) => {
  left -= by;
  if (left === 0) console.log('ms', Number(process.hrtime.bigint() - start) / 1e6);
};
for (let i = left; i > 0; i--) process.nextTick(done, 1);
