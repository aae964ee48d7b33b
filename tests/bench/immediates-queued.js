// Many immediates in one turn.
let left = 500_000;
const start = process.hrtime.bigint();
const done = () => {
  if (--left === 0) console.log('ms', Number(process.hrtime.bigint() - start) / 1e6);
};
for (let i = left; i > 0; i--) setImmediate(done);
