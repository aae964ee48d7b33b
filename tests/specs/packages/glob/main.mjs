import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { glob, globSync, hasMagic } from 'glob';

const cwd = mkdtempSync(join(tmpdir(), 'glob-'));
for (const name of ['a.js', 'b.ts', 'src/c.js', 'src/deep/d.js', '.hidden/e.js', 'node_modules/f.js']) {
  mkdirSync(join(cwd, name, '..'), { recursive: true });
  writeFileSync(join(cwd, name), '');
}
console.log((await glob('**/*.js', { cwd, ignore: 'node_modules/**' })).sort());
console.log(globSync('{a,b}.{js,ts}', { cwd }).sort(), globSync('**/', { cwd, dot: true }).sort(), hasMagic('a*b'));
console.log((await glob('src/*', { cwd, withFileTypes: true })).map((path) => [path.name, path.isDirectory()]).sort());
