// Each file names the next one.
import { writeFile, readFile, mkdtemp, rm } from 'node:fs/promises'; import { join } from 'node:path'; import { tmpdir } from 'node:os';
const dir = await mkdtemp(join(tmpdir(), 'll-'));
await Promise.all(Array.from({ length: 300 }, (_, i) => writeFile(join(dir, `${i}`), String(i < 299 ? i + 1 : ''))));
let at = '0', n = 0;
while (at) { at = await readFile(join(dir, at), 'utf8'); n++; }
console.log(n);
await rm(dir, { recursive: true });
