// FORCE_COLOR makes consoles colour values, also those that write to no terminal; colorMode has the last word.
const { Console } = require('console');
console.log({ a: 1, b: 'text', c: null }, 'plain', 5, [true]);
console.error(new Set([1n]));
console.log('%o %d %s', { x: undefined }, 3, { y: 1 });
console.table([{ a: 1 }]);
console.dir({ nested: { deep: Symbol('s') } });
console.dir({ n: 1 }, { colors: false });
console.assert(false, { because: 1 });
new Console({ stdout: process.stdout, colorMode: false }).log({ a: 1 });
new Console({ stdout: process.stdout, colorMode: true }).log({ a: 1 });
new Console({ stdout: process.stdout, inspectOptions: { depth: 0 } }).log({ a: { b: 1 } });
