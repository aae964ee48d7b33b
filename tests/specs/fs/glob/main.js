// glob: what patterns find, and in which order.
const fs = require('fs');
const path = require('path');
process.chdir(fs.mkdtempSync(path.join(require('os').tmpdir(), 'glob-')));
for (const f of ['a.js', 'b.ts', '.hidden.js', 'd/a.js', 'd/b.js', 'd/e/f.js', 'd/e/.g.js', 'd/.h/i.js', 'x/y/z/w.txt', 'x/y/z.js', '[q]', 'UP.JS', 'n w.js']) {
  fs.mkdirSync(path.dirname(f), { recursive: true });
  fs.writeFileSync(f, '');
}
fs.symlinkSync('d', 'ld');
fs.symlinkSync('gone', 'dangling.js');
for (const pattern of ['*', '*.js', '**', '**/*.js', 'd/*', 'd/**', 'd/**/*.js', '**/e', '**/e/**', '{a,b}.*', '[ab].*', '[!ab].*', '?.js', '+(a|b).js', '!(a).js', '.*', '**/.*', '*/', '**/',
  './*.js', 'd/../a.js', 'd/./a.js', 'd//a.js', '**/../a.js', '.', '..', '', 'd', 'd/', 'a.js/', 'missing', 'missing/*', 'x/**/z*', '[[]q]', '*.JS', 'ld/*', 'ld/**', '*/a.js', '*/*/*.js', '{d,x}/**', '@(a|b).{js,ts}', '**/*', 'd/.*/*', 'dangling.js', '**/.h/**'])
  console.log(pattern, fs.globSync(pattern));
console.log(fs.globSync(['a.js', '*.ts', 'a.js', 'd/*']), fs.globSync('*.js', { cwd: 'd' }), fs.globSync('*.js', { cwd: require('url').pathToFileURL(path.resolve('d')) }));
console.log(fs.globSync('d/**', { withFileTypes: true }).map((d) => [d.name, d.parentPath, d.isFile()]), fs.globSync('ld/**', { followSymlinks: true }));
(async () => {
  await new Promise((resolve) => fs.glob('**/*.js', (...args) => resolve(console.log(args))));
  const found = [];
  for await (const name of fs.promises.glob('d/**')) found.push(name);
  console.log(found, fs.promises.glob('*'));
})();
