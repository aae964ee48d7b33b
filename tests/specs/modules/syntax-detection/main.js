// A .js file with ES module syntax and no type in package.json runs as an ES module.
import fs from 'node:fs';
console.log(typeof fs.readFile, typeof require, import.meta.filename);
export default 1;
await null;
console.log('after await');
