'use strict';
const { spawn } = require('child_process');

function run(file, args, options, act) {
  return new Promise((resolve) => {
    const seen = [];
    const child = spawn(file, args, options);
    for (const event of ['spawn', 'error', 'exit', 'close']) {
      child.on(event, (...values) => seen.push([event, ...values.map((value) => value?.message ?? value)]));
    }
    let text = '';
    child.stdout?.setEncoding('utf8').on('data', (part) => (text += part));
    child.on('close', () => resolve(console.log(file, seen, JSON.stringify(text))));
    act?.(child);
  });
}

(async () => {
  await run('cat', [], {}, (child) => child.stdin.end('through'));
  await run('no-such-program', ['a'], {});
  await run('sh', ['-c', 'echo $1 $0; exit 4', 'zero', 'one'], {});
  await run('sleep', ['60'], {}, (child) => child.on('spawn', () => console.log(child.kill(), child.killed)));
  await run('sleep', ['60'], { timeout: 20, killSignal: 'SIGKILL' });
  await run('sleep', ['60'], { signal: AbortSignal.timeout(20) });
  await run('echo $((1 + 1))', [], { shell: true });
  await run('sh', ['-c', 'cat <&3 >&4'], { stdio: ['ignore', 'pipe', 'inherit', 'pipe', 'pipe'] }, (child) => {
    child.stdio[3].end('extra');
    child.stdio[4].setEncoding('utf8').on('data', (part) => console.log('descriptor 4:', part));
  });
})();
