import { execa, execaSync, $ } from 'execa';

const node = process.execPath;
console.log((await execa(node, ['-p', '1+1'])).stdout);
console.log((await execa(node, ['-e', 'process.stdin.pipe(process.stdout)'], { input: 'through' })).stdout);
const failed = await execa(node, ['-e', 'console.error("oops"); process.exit(3)'], { reject: false });
console.log(failed.failed, failed.exitCode, failed.stderr);
const killed = execa(node, ['-e', 'setInterval(() => {}, 1000)'], { reject: false });
killed.on('spawn', () => killed.kill('SIGTERM'));
const { signal, isTerminated } = await killed;
console.log(signal, isTerminated);
console.log(execaSync('sh', ['-c', 'echo a; echo b >&2'], { all: true }).stdout, (await $`echo ${'quoted words'}`).stdout);
const lines = [];
for await (const line of execa('printf', ['x\\ny\\nz'])) lines.push(line);
console.log(lines, await execa('no-such-program').catch((error) => error.code));
const piped = await $`printf ${'b\na\n'}`.pipe`sort`;
console.log(piped.stdout);
