// While a program starts there is nothing that could wait.
const fs = require('node:fs');
for (let i = 0; i < 200; i++) fs.readFileSync(__filename);
setTimeout(() => fs.readFile(__filename, () => {}), 1);
