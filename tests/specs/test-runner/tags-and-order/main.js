'use strict';
// Tests chosen by expressions over their tags, and tests in an order that a seed decides.
const { spawnSync } = require('child_process');

function run(...args) {
  console.log(args.join(' '));
  const env = { ...process.env };
  delete env.NODE_TEST_CONTEXT;
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--no-warnings', '--test-reporter=tap', ...args], { encoding: 'utf8', env });
  const lines = stdout.split('\n').filter((line) => /ok \d|seed|must|contains/.test(line));
  const problem = stderr.split('\n').filter((line) => /Error/.test(line));
  console.log([...lines, ...problem].join('\n'), status);
}

for (const filter of ['slow', 'not slow', '!!slow', 'slow and (db or fast)', 'db or slow and fast', 'S*', '(', 'a b', 'a &&', 'a | b', 'not', '()']) {
  run(`--experimental-test-tag-filter=${filter}`, 'tags.js');
}
run('--test', '--experimental-test-tag-filter=slow', '--experimental-test-tag-filter=db', 'tags.js');
for (const seed of [5, 77]) {
  run('--test-randomize', `--test-random-seed=${seed}`, 'order.js');
  run('--test', `--test-random-seed=${seed}`, 'order.js', 'tags.js');
}
run('--test', '--test-random-seed=4294967296', 'order.js');
