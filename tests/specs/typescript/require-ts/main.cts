// require of .ts, .cts and .mts files.
const a = require('./a.ts') as { value: number };
const b: string = require('./b.cts');
const c = require('./c.mts') as { named: string };
console.log(a.value, b, c.named, typeof module, __filename.endsWith('main.cts'));
