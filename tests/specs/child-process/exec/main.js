'use strict';
const { exec, execFile } = require('child_process');
const { promisify } = require('util');

exec('echo $X; echo no >&2; exit 1', { env: { X: 'y', PATH: process.env.PATH } }, (error, stdout, stderr) => {
  console.log(error.code, error.killed, error.signal, error.cmd, JSON.stringify([error.message, stdout, stderr]));
  execFile(process.execPath, ['-e', 'console.log("x".repeat(100))'], { maxBuffer: 10 }, async (error, stdout) => {
    console.log(error.code, error.message, stdout);
    console.log(await promisify(exec)('printf done'));
    console.log(await promisify(execFile)('sh', ['-c', 'exit 7']).catch(({ code, stdout }) => [code, stdout]));
    exec('printf "\\377"', { encoding: 'buffer' }, (error, stdout) => console.log(error, stdout));
  });
});
