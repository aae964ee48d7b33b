// Thirty thousand small files read, 64 at a time.
const fs = require('fs');
const os = require('os');
const path = require('path');

const FILES = 500;
const READS = 30_000;
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'bench-'));
for (let i = 0; i < FILES; i++) fs.writeFileSync(path.join(folder, `${i}.txt`), `file ${i}\n`.repeat(50));

async function worker(state) {
  while (state.started < READS) {
    const text = await fs.promises.readFile(path.join(folder, `${state.started++ % FILES}.txt`), 'utf8');
    state.length += text.length;
  }
}

async function main() {
  const state = { started: 0, length: 0 };
  const start = process.hrtime.bigint();
  await Promise.all(Array.from({ length: 64 }, () => worker(state)));
  const end = process.hrtime.bigint();
  fs.rmSync(folder, { recursive: true });
  if (state.length < READS * 300) process.exit(1);
  console.log('ms', Number(end - start) / 1e6);
}
main();
