// With one thread in the pool, file operations complete in the order in which they were started.
const fs = require('fs');
for (const name of ['a', 'b', 'c', 'd', 'e']) fs.stat(__dirname, () => console.log(name));
