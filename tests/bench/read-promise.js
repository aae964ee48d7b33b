// A small file, read with promises, one read after the other.
const { readFile } = require('fs/promises');

async function main() {
  const start = process.hrtime.bigint();
  let length = 0;
  for (let i = 0; i < 3000; i++) length += (await readFile(__filename)).length;
  if (length === 0) process.exit(1);
  console.log('ms', Number(process.hrtime.bigint() - start) / 1e6);
}
main();
