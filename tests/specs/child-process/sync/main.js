'use strict';
const { execFileSync, execSync, spawnSync } = require('child_process');

const { status, signal, output, stdout, stderr, error } = spawnSync('sh', ['-c', 'echo out; echo err >&2; exit 3'], { encoding: 'utf8' });
console.log(status, signal, output, stdout, stderr, error);
const missing = spawnSync('no-such-program', ['a']);
console.log(missing.error.message, missing.error.code, missing.error.spawnargs, missing.status, missing.output, missing.pid);
console.log(execSync('cat; echo $X', { input: 'through ', env: { ...process.env, X: 'variable' } }).toString());
console.log(execFileSync(process.execPath, ['-p', '6 * 7'], { encoding: 'utf8' }));
try {
  execFileSync('sh', ['-c', 'echo bad >&2; exit 2'], { stdio: 'pipe' });
} catch (failed) {
  console.log(failed.message, failed.status, String(failed.stderr));
}
console.log(spawnSync('sleep', ['60'], { timeout: 20 }).error.code, spawnSync('yes', { maxBuffer: 10 }).error.code);
console.log(spawnSync('sh', ['-c', 'kill -9 $$']).signal, spawnSync('pwd', { cwd: '/', encoding: 'utf8' }).stdout);
for (const args of [[''], ['a\0b'], [1], ['a', 'b'], ['a', [], { stdio: 'x' }], ['a', { timeout: -1 }], ['a', { killSignal: 'SIGNOT' }]]) {
  try {
    spawnSync(...args);
  } catch (failed) {
    console.log(failed.code, failed.message);
  }
}
