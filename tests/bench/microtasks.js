// A chain of `queueMicrotask`.
let left = 1_000_000;
const start = process.hrtime.bigint();
queueMicrotask(function task() {
  if (--left > 0) queueMicrotask(task);
  else console.log('ms', Number(process.hrtime.bigint() - start) / 1e6);
});
