'use strict';

// With --test-rerun-failures what has passed is not run again; a file keeps what has.
const { spawnSync } = require('child_process');
const fs = require('fs');
const os = require('os');
const path = require('path');

const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'rerun-'));
fs.writeFileSync(path.join(dir, 'some.test.js'), `
const { describe, test } = require('node:test');
test('fails twice', ({ attempt }) => { if (attempt < 2) throw new Error('attempt ' + attempt); });
test('passes once', ({ attempt }) => { if (attempt > 0) throw new Error('ran again'); });
const twice = (limit) => test('limit ' + limit, async (t) => {
  await t.test('inside', () => {});
  if (t.attempt < limit) throw new Error('too early');
});
twice(0);
twice(1);
describe('suite', () => {
  test('first', async (t) => { await t.test('nested', () => {}); });
  test('second', (t) => { if (t.attempt === 0) throw new Error('second'); });
});
`);
for (const mode of [[], ['--test'], ['--test', '--test-isolation=none']]) {
  const state = path.join(dir, 'state.json');
  for (let run = 0; run < 3; run++) {
    const { status, stdout } = spawnSync(process.execPath,
      [...mode, `--test-rerun-failures=${state}`, '--test-reporter=tap', 'some.test.js'], { cwd: dir, encoding: 'utf8' });
    console.log(mode.join(' '), 'exit code', status, stdout.match(/^# (tests|suites|pass|fail) \d+/gm).join(' '));
  }
  for (const attempt of JSON.parse(fs.readFileSync(state))) {
    for (const [place, { name, children, passed_on_attempt }] of Object.entries(attempt)) {
      console.log(place, name, passed_on_attempt, children.map((child) => child.name));
    }
  }
  fs.unlinkSync(state);
}
fs.rmSync(dir, { recursive: true });
