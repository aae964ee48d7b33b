'use strict';
// The program as a REPL: -i.
const { spawnSync } = require('child_process');

function run(args, lines) {
  const env = { ...process.env, NODE_REPL_HISTORY: '' };
  const { status, stdout, stderr } = spawnSync(process.execPath, ['-i', ...args], { encoding: 'utf8', env, input: `${lines.join('\n')}\n` });
  console.log(args.join(' '), status, stderr);
  console.log(stdout.replace(/(Node\.js) v[\d.]+/, '$1 VERSION'));
}

run([], ['1 + 1', 'this === globalThis', '_', 'typeof fs.readFile', 'module.paths.length > 0', 'typeof exports', 'function f() {', '}', 'f',
  'null.x', 'var g = 1', 'globalThis.g', 'crypto === require("crypto")', '.exit']);
run(['-e', 'var early = 5'], ['early', 'process.argv.length', 'process.exit(3)']);
run(['--use_strict', '--require', 'fs'], ['"use strict"', 'undeclared = 1', '.exit']);
