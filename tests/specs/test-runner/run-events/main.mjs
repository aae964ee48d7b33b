// `run()` tells what happens to tests in files.
import { join } from 'node:path';
import { run } from 'node:test';
import { tap } from 'node:test/reporters';

const files = ['first.js', 'second.mjs', 'third.cjs'].map((name) => join(import.meta.dirname, 'files', name));

function plain(key, value) {
  if (key === 'duration_ms') return typeof value;
  if (key === 'file' || key === 'entryFile') return value?.split('/').pop();
  if (value instanceof Error) return `${value.code} ${value.failureType}: ${value.cause?.message ?? value.cause}`;
  return value;
}
const stream = run({ files, concurrency: 1 });
const heard = [];
stream.on('test:fail', ({ name }) => heard.push(name));
for await (const { type, data } of stream) {
  if (type === 'test:diagnostic' && data.message.startsWith('duration')) continue;
  if (data.name) data.name = data.name.replace(/^.*files/, 'files');
  console.log(type, JSON.stringify(data, plain));
}
console.log('failed:', heard.join(', '));

const lines = await run({ files: files.slice(0, 1), testNamePatterns: ['sub'] }).compose(tap).toArray();
console.log(lines.filter((line) => !line.includes('duration')).join(''));

for (const options of [{ files: 1 }, { isolation: 'x' }, { shard: { total: 0 } }, { timeout: -1 }, { concurrency: 'x' }, { setup: 1 },
                       { testNamePatterns: 1 }, { only: 1 }, { argv: 1 }, { cwd: 1 }, { watch: 1 }, 1]) {
  try {
    run(options);
  } catch (error) {
    console.log(error.code, error.message);
  }
}
