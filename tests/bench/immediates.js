// A chain of immediates: a turn of the loop for each.
let left = 500_000;
const start = process.hrtime.bigint();
setImmediate(function immediate() {
  if (--left > 0) setImmediate(immediate);
  else console.log('ms', Number(process.hrtime.bigint() - start) / 1e6);
});
