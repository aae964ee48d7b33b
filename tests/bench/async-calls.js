// Calls of async functions that call others.
async function leaf(n) { return n; }
async function branch(n) { return (await leaf(n)) + (await leaf(1)); }

async function main() {
  const start = process.hrtime.bigint();
  let sum = 0;
  for (let i = 0; i < 300_000; i++) sum += await branch(i);
  if (sum !== 300_000 * 300_001 / 2) process.exit(1);
  console.log('ms', Number(process.hrtime.bigint() - start) / 1e6);
}
main();
