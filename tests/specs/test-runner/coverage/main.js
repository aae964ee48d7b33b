'use strict';
// What ran of the files that tests load: numbers, tables, lcov, thresholds.
const { spawnSync } = require('child_process');

function run(...args) {
  console.log(args.join(' '));
  const env = { ...process.env };
  delete env.NODE_TEST_CONTEXT;
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8', env });
  console.log(stdout.replaceAll(process.cwd(), 'FOLDER').replace(/\(\d.*ms\)/g, '(TIME)').replace(/(duration_ms:?) \d.*/g, '$1 TIME') + stderr, status);
}

const coverage = ['--test', '--experimental-test-coverage'];
run(...coverage, '--test-reporter=spec', 'suite/a.test.js', 'suite/b.test.js');
run(...coverage, '--test-reporter=tap', '--test-coverage-lines=90', '--test-coverage-branches=10', '--test-coverage-functions=80', 'suite/a.test.js');
run(...coverage, '--test-reporter=lcov', 'suite/a.test.js', 'suite/b.test.js');
run(...coverage, '--test-reporter=spec', '--test-coverage-include=lib/**', '--test-coverage-exclude=lib/deep/**', 'suite/*.js');
run(...coverage, '--test-isolation=none', '--test-reporter=lcov', 'suite/a.test.js');
run('--experimental-test-coverage', '--test-reporter=tap', 'suite/a.test.js');
