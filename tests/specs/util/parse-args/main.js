// parseArgs: types, short groups, multiple, defaults, negation, positionals, tokens, errors.
const { parseArgs } = require('util');
const options = { verbose: { type: 'boolean', short: 'v' }, name: { type: 'string', short: 'n', default: 'def' }, list: { type: 'string', multiple: true, short: 'l' }, color: { type: 'boolean', default: true } };
const run = (args, extra) => { try { console.log(args, parseArgs({ args, options, ...extra })); } catch (e) { console.log(args, e.name, e.code, e.message); } };
run([]);
run(['-v', '--name', 'x']);
run(['-vnx', '--list=a', '-l', 'b', '--list', '']);
run(['--name=a=b', '--', '-v'], { allowPositionals: true });
run(['--no-color', 'pos'], { allowNegative: true, allowPositionals: true });
run(['pos']);
run(['--unknown']);
run(['-x']);
run(['--name']);
run(['--verbose=yes']);
run(['--name', '-v']);
run(['--unknown', '--other=5', '-q', 'p'], { strict: false });
run(['-v', 'file', '--name=z', '--', 'rest'], { allowPositionals: true, tokens: true });
for (const config of [{ options: { a: {} } }, { options: { a: { type: 'number' } } }, { options: { a: { type: 'string', short: 'ab' } } }, { args: 'x' }, { options: { a: { type: 'string', default: 1 } } }]) {
  try { parseArgs({ args: [], ...config }); } catch (e) { console.log(e.code, e.message); }
}
console.log(parseArgs().values, parseArgs({ strict: false }).positionals);
