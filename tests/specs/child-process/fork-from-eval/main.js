'use strict';
// A process that runs program text forks a file: the text is not given on.
const { execFileSync } = require('child_process');
if (process.argv[2] === 'child') {
  console.log('child', process.execArgv, process.argv.length);
} else {
  const text = `require('child_process').fork(${JSON.stringify(__filename)}, ['child'])`;
  process.stdout.write(execFileSync(process.execPath, ['--no-warnings', '-e', text], { encoding: 'utf8', timeout: 10000 }));
}
