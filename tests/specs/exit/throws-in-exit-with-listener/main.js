'use strict';

// A listener of 'exit' throws: with a listener of 'uncaughtException' the program ends as it would have.

const { spawnSync } = require('child_process');

const told = "process.on('uncaughtException', ({ message }) => console.log('told of', message));";
const throws = "process.on('exit', (code) => { console.log('exit', code); throw new Error('x'); });";
const other = "process.on('exit', () => console.log('another'));";
for (const text of [
  `${told}${throws}${other}`,
  `${told}${throws}${other} process.exitCode = 4;`,
  `${throws}${other}`,
  "process._fatalException = undefined; throw new Error('y');",
]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['-e', text], { encoding: 'utf8' });
  console.log(status, JSON.stringify(stdout), stderr.includes('Error: '));
}
console.log(process instanceof process.constructor, process.constructor.name);
console.log(Object.keys(structuredClone(process.env)).length === Object.keys(process.env).length);
