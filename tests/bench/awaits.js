// A chain of awaits of what is there already.
async function main() {
  const start = process.hrtime.bigint();
  let sum = 0;
  for (let i = 0; i < 2_000_000; i++) sum += await 1;
  if (sum !== 2_000_000) process.exit(1);
  console.log('ms', Number(process.hrtime.bigint() - start) / 1e6);
}
main();
