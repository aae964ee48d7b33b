// mkdir, readdir, opendir, rm, cp: recursive and with types.
const fs = require('fs');
const path = require('path');
const base = path.join(require('os').tmpdir(), 'dirs');
console.log(fs.mkdirSync(path.join(base, 'a', 'b'), { recursive: true }), fs.mkdirSync(path.join(base, 'a', 'b'), { recursive: true }), fs.mkdirSync(path.join(base, 'c')));
for (const name of ['z.txt', 'a/1.txt', 'a/b/2.txt']) fs.writeFileSync(path.join(base, name), name);
fs.symlinkSync('z.txt', path.join(base, 'link'));
console.log(fs.readdirSync(base), fs.readdirSync(base, { recursive: true }).sort(), fs.readdirSync(base, 'buffer')[0] instanceof Buffer);
for (const d of fs.readdirSync(base, { withFileTypes: true })) console.log(d.name, d.isFile(), d.isDirectory(), d.isSymbolicLink(), d.parentPath);
const dir = fs.opendirSync(base);
const names = [];
for (let d = dir.readSync(); d; d = dir.readSync()) names.push(d.name);
dir.closeSync();
console.log(names.sort(), dir.path);
fs.cpSync(base, `${base}2`, { recursive: true });
console.log(fs.readdirSync(`${base}2`, { recursive: true }).sort(), fs.readFileSync(`${base}2/a/b/2.txt`, 'utf8'));
for (const f of [() => fs.rmdirSync(base), () => fs.rmSync(base), () => fs.cpSync(base, `${base}3`), () => fs.mkdirSync(path.join(base, 'z.txt', 'x'), { recursive: true })]) try { f(); } catch (e) { console.log(e.code, e.message); }
fs.rmSync(base, { recursive: true });
fs.rmSync(`${base}2`, { recursive: true });
console.log(fs.existsSync(base), fs.readdirSync(require('os').tmpdir()));
(async () => {
  await fs.promises.mkdir(path.join(base, 'p', 'q'), { recursive: true });
  for await (const d of await fs.promises.opendir(base)) console.log(d.name, d.isDirectory());
  console.log(await fs.promises.readdir(base, { withFileTypes: true }));
})();
