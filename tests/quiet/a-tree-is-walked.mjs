// A function that calls itself for each folder: it needs what the one above has found.
import { mkdir, readdir, writeFile, rm, mkdtemp } from 'node:fs/promises'; import { join } from 'node:path'; import { tmpdir } from 'node:os';
const root = await mkdtemp(join(tmpdir(), 'walk-'));
let p = root; for (let i = 0; i < 60; i++) { p = join(p, 'd' + i); } await mkdir(p, { recursive: true });
async function walk(d) { for (const e of await readdir(d, { withFileTypes: true })) if (e.isDirectory()) await walk(join(d, e.name)); }
await walk(root); await walk(root);
await rm(root, { recursive: true });
console.log('walked');
