// mkdtemp and what removes itself.
const fs = require('fs');
const path = require('path');
const base = fs.mkdtempSync(path.join(require('os').tmpdir(), 'tmp-'));
process.chdir(base);
const plain = (name) => String(name).replace(/[A-Za-z0-9]{6}$/, '??????');
console.log(plain(fs.mkdtempSync('a-')), plain(fs.mkdtempSync(Buffer.from('b-'))), Buffer.isBuffer(fs.mkdtempSync('c-', 'buffer')), (fs.statSync(fs.mkdtempSync('d-')).mode & 0o777).toString(8));
for (const args of [[], [5], ['x', 'nope'], ['x', 5], ['a\0b']]) try { fs.mkdtempSync(...args); } catch (e) { console.log(e.name, e.code, e.message); }
{
  using made = fs.mkdtempDisposableSync('u-');
  fs.writeFileSync(path.join(made.path, 'x'), '');
  console.log(plain(made.path), Object.keys(made), typeof made[Symbol.dispose]);
}
const kept = fs.mkdtempDisposableSync('k-');
process.chdir('/');
console.log(kept.remove(), kept.remove(), fs.readdirSync(base).filter((n) => /^[uk]-/.test(n)));
(async () => {
  process.chdir(base);
  {
    await using made = await fs.promises.mkdtempDisposable('p-');
    console.log(plain(made.path), Object.keys(made), fs.existsSync(made.path));
  }
  console.log(fs.readdirSync(base).filter((n) => n.startsWith('p-')), plain(await fs.promises.mkdtemp('q-')));
  fs.mkdtemp('e-', (error, name) => {
    console.log(error, plain(name), fs.existsSync(name));
    fs.mkdtemp('no/such-', (error) => console.log(error.code, error.syscall));
  });
})();
