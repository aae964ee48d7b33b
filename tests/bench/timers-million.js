// A million pending timers: set, and run when they are due.
const COUNT = 1_000_000;
const start = process.hrtime.bigint();
let left = COUNT;
for (let i = 0; i < COUNT; i++) {
  setTimeout(() => {
    if (--left === 0) console.log('ms', Number(process.hrtime.bigint() - start) / 1e6 );
  }, 1 + (i % 1000));
}
