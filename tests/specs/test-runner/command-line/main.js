// `node --test`: which files and which tests are run, and how the process ends.
const { spawnSync } = require('child_process');
const path = require('path');

const cwd = path.join(__dirname, 'project');
const tidy = (text) => text.replace(/\d+(\.\d+)?ms/g, 'N ms').replace(/duration_ms:? [\d.]+/g, 'duration_ms N').replaceAll(cwd, '.');

function run(...args) {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--test', ...args], { cwd, encoding: 'utf8' });
  console.log(`\n== ${args.join(' ') || 'nothing asked for'} -> ${status}`);
  console.log(tidy(stdout).split('\n').filter((line) => !line.startsWith('    at ') && !line.startsWith('      at ')).join('\n'));
  if (stderr !== '') console.log('errors:', tidy(stderr).split('\n').find((line) => /Error|TAP|Could/.test(line)));
}

run();
run('lib/only.js');
run('test/one.js', 'sum.test.mjs');
run('no-such-file.js');
run('--test-name-pattern=adds', '--test-reporter=tap');
run('--test-name-pattern', '/ADDS|inner/i', '--test-skip-pattern=outer');
run('--test-only', 'lib/only.js');
run('--test-shard=2/3');
run('--test-shard', '4/3');
run('--test-shard=x');
run('--test-isolation=none', 'sum.test.mjs', 'test/one.js');
run('--test-timeout=50', 'lib/slow.js');
run('--test-concurrency=1', '--test-reporter=dot', 'test/one.js', 'broken-test.cjs');
run('--test-reporter=tap', '--test-reporter-destination=stderr', 'sum.test.mjs');
run('--test-reporter=tap', '--test-reporter=dot', 'sum.test.mjs');
run('--test-force-exit', 'lib/stays.js');
