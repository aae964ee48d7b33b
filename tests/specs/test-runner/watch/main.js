'use strict';
// Tests that run again when a file that they loaded changes.
const { spawn } = require('child_process');
const fs = require('fs');
const os = require('os');
const path = require('path');

const folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'watch-')));
process.on('exit', () => fs.rmSync(folder, { recursive: true }));
fs.mkdirSync(path.join(folder, 'lib'));
const dependency = path.join(folder, 'lib', 'dep.js');
fs.writeFileSync(dependency, 'exports.v = 1;');
fs.writeFileSync(path.join(folder, 'a.test.js'), `require('node:test')('value ' + require('./lib/dep').v, () => {});`);

const env = { ...process.env };
delete env.NODE_TEST_CONTEXT;
const child = spawn(process.execPath, ['--test', '--watch', '--test-reporter=tap', 'a.test.js'], { cwd: folder, env });
let text = '';
let isChanged = false;
child.stdout.on('data', (chunk) => {
  text += chunk;
  if (!isChanged && /ok 1 - value 1[^]*# duration_ms/.test(text)) {
    isChanged = true;
    console.log('first');
    fs.writeFileSync(dependency, 'exports.v = 2;');
  }
  if (isChanged && /ok \d - value 2/.test(text) && !child.killed) {
    console.log('second');
    child.kill();
  }
});
child.on('exit', () => console.log('over'));
