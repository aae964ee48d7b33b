const { readFile } = require('node:fs/promises');
[1, 2, 3].forEach(async (number) => {
  await readFile(__filename);
  console.log(number);
});
