// readdir: recursive, with types, in encodings.
const fs = require('fs');
const path = require('path');
process.chdir(fs.mkdtempSync(path.join(require('os').tmpdir(), 'rd-')));
for (const f of ['b/2', 'a/c/d/x', 'a/1', 'z', 'B', 'ä']) {
  fs.mkdirSync(path.dirname(f), { recursive: true });
  fs.writeFileSync(f, '');
}
fs.symlinkSync('a', 'link');
console.log(fs.readdirSync('.'), fs.readdirSync('.', { recursive: true }), fs.readdirSync('./a/', { recursive: true }));
console.log(fs.readdirSync('a', { withFileTypes: true }), fs.readdirSync('./', { withFileTypes: true, recursive: true }).map((d) => [d.parentPath, d.name, d.isDirectory(), d.isSymbolicLink()]));
console.log(fs.readdirSync('a', 'buffer'), fs.readdirSync('a', { recursive: true, encoding: 'buffer' }), fs.readdirSync('a', { recursive: true, encoding: 'hex' }));
console.log(fs.readdirSync('a', { withFileTypes: true, encoding: 'buffer' }), fs.readdirSync(Buffer.from('b')), fs.readdirSync('b', 'base64'));
for (const args of [['missing'], ['z'], [5], ['.', 'nope'], ['.', 5], ['.', { recursive: 'x' }], ['.', { encoding: 'nope' }]]) try { console.log(fs.readdirSync(...args)); } catch (e) { console.log(e.code, e.message); }
(async () => {
  console.log('promise', await fs.promises.readdir('a', { recursive: true }), (await fs.promises.readdir('b', { withFileTypes: true }))[0]);
  await fs.promises.readdir('z').catch((e) => console.log(e.message));
  fs.readdir('a', (...args) => {
    console.log('callback', args);
    fs.readdir('missing', { recursive: true }, (...args) => console.log('callback', args.length, args[0].message));
  });
})();
