// The same tests in every form.
const { spawnSync } = require('child_process');

const place = /(\/|\w:\\)\S*[\\/](?=tests[\\/]specs|tests\.js)/g;
function tidy(text) {
  return text.replace(/\d+(\.\d+)?ms/g, 'N ms').replace(/duration_ms:? [\d.]+/g, 'duration_ms N').replace(/time="[\d.]+"/g, 'time="N"')
    .replace(/timestamp="[^"]*"/g, 'timestamp="T"').replace(/hostname="[^"]*"/g, 'hostname="H"').replaceAll(`${__dirname}/`, '')
    .replace(place, '').replace(/^\[?(Error \[ERR_TEST_FAILURE\]: [^\]{]*)\]?( \{)?$/gm, '$1').split('\n').filter((line) => !/node:|new Promise|Array\.map|SafePromise|async |index 0/.test(line)).join('\n');
}
for (const reporter of ['tap', 'spec', 'dot', 'junit', 'lcov', './files/own.mjs']) {
  for (const how of [[], ['--test']]) {
    const args = ['--no-warnings', ...how, `--test-reporter=${reporter}`, 'files/tests.js'];
    const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: __dirname, encoding: 'utf8' });
    console.log(`\n== ${args.join(' ')} -> ${status}`);
    console.log(tidy(stdout) + stderr);
  }
}
