'use strict';
// What a worker writes comes out of the main thread's streams, or out of the worker's own ones when that is asked for.
const { Worker } = require('worker_threads');
const script = `
  console.log('from the worker', process.argv.slice(2), process.execArgv);
  process.stdout.write('two ');
  process.stdout.write('parts\\n');
  process.stderr.write('an error\\n');
  process.stdin.setEncoding('utf8');
  let all = '';
  process.stdin.on('data', (text) => { all += text; });
  process.stdin.on('end', () => console.log('read', JSON.stringify(all)));
`;
(async () => {
  const plain = new Worker(script, { eval: true, argv: ['a', 1], stderr: true });
  let errors = '';
  plain.stderr.setEncoding('utf8').on('data', (text) => { errors += text; });
  console.log('exit', await new Promise((resolve) => plain.on('exit', resolve)), JSON.stringify(errors));

  const own = new Worker(script, { eval: true, stdin: true, stdout: true, stderr: true });
  own.stdin.write('some ');
  own.stdin.end('text');
  let text = '';
  own.stdout.setEncoding('utf8').on('data', (part) => { text += part; });
  console.log('exit', await new Promise((resolve) => own.on('exit', resolve)));
  process.stdout.write(text);
  console.log(plain.stdin, typeof own.stdin.write);
})();
