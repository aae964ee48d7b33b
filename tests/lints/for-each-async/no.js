const { readFile } = require('node:fs/promises');
async function main() {
  await Promise.all([1, 2, 3].map(async () => readFile(__filename)));
  for (const number of [1, 2, 3]) {
    await readFile(__filename);
    console.log(number);
  }
}
main();
