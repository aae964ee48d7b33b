// .cts is CommonJS; require takes .ts too.
const lib = require('./lib.ts') as { value: number };
import path = require('node:path');
console.log(lib.value);
