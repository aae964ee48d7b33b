// hrtime and uptime: shapes, and that they go forward.
const a = process.hrtime();
const b = process.hrtime.bigint();
const start = Date.now();
while (Date.now() - start < 10);
const d = process.hrtime(a);
console.log(Array.isArray(a), a.length, a.every(Number.isInteger), d[0] >= 0 && d[0] < 20, d[1] < 1e9);
console.log(typeof b, process.hrtime.bigint() - b > 9_000_000n);
console.log(process.uptime() > 0, process.uptime() < 60, typeof process.uptime());
for (const value of [1, 'x', [1], {}]) {
  try {
    process.hrtime(value);
  } catch (error) {
    console.log(error.name, error.code, error.message);
  }
}
