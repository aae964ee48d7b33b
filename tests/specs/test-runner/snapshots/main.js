// Values are compared with what they were.
const { spawnSync } = require('child_process');
const fs = require('fs');
const os = require('os');
const path = require('path');

const dir = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'snapshots-')));
const file = path.join(dir, 'it.test.js');
const script = (value) => `
const { test, suite, snapshot } = require('node:test');
suite('outer', () => { test('a \`tick\` \${x} \\\\ back', (t) => {
  t.assert.snapshot({ a: ${value}, text: 'x\`y\${z}\\\\' });
  t.assert.snapshot('two\\nlines');
  t.assert.snapshot(5, { serializers: [(value) => 'v=' + value] });
}); });
test('file', (t) => t.assert.fileSnapshot([${value}], ${JSON.stringify(path.join(dir, 'deep', 'list.json'))}));
`;
function run(...args) {
  const { status, stdout } = spawnSync(process.execPath, [...args, '--test-reporter=tap', file], { cwd: dir, encoding: 'utf8' });
  const lines = stdout.replaceAll(dir, '.').split('\n');
  console.log(status, lines.filter((line) => /^\s*(not )?ok|error:|Missing|^\s+[+-] /.test(line)).join('\n'));
}
fs.writeFileSync(file, script(1));
run();
run('--test-update-snapshots');
console.log(fs.readFileSync(`${file}.snapshot`, 'utf8'));
console.log(fs.readFileSync(path.join(dir, 'deep', 'list.json'), 'utf8'));
run();
fs.writeFileSync(file, script(2));
run();
run('--test', '--test-update-snapshots');
run();
fs.rmSync(dir, { recursive: true });
