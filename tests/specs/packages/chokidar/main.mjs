import { mkdirSync, mkdtempSync, realpathSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { watch } from 'chokidar';

const folder = realpathSync(mkdtempSync(join(tmpdir(), 'watch-')));
writeFileSync(join(folder, 'old.txt'), '1');
const watcher = watch(folder);
const next = (wanted) => new Promise((resolve) => {
  const listen = (event, path) => {
    if (event !== wanted) return;
    watcher.off('all', listen);
    resolve(relative(folder, path));
  };
  watcher.on('all', listen);
});
await Promise.all([next('add').then((name) => console.log('there', name)), new Promise((resolve) => watcher.on('ready', resolve))]);
const steps = [
  ['add', () => writeFileSync(join(folder, 'new.txt'), '1')],
  ['change', () => writeFileSync(join(folder, 'old.txt'), '22')],
  ['addDir', () => mkdirSync(join(folder, 'sub'))],
  ['unlink', () => rmSync(join(folder, 'new.txt'))],
  ['unlinkDir', () => rmSync(join(folder, 'sub'), { recursive: true })],
];
for (const [event, act] of steps) {
  const seen = next(event);
  act();
  console.log(event, await seen);
}
await watcher.close();
console.log('closed');
