// Links that lead to links, into circles and to nothing; real paths of all of them.
const fs = require('fs');
const path = require('path');
const root = fs.realpathSync(fs.mkdtempSync(path.join(require('os').tmpdir(), 'rp-')));
process.chdir(root);
fs.mkdirSync('a/b', { recursive: true });
fs.writeFileSync('a/b/f', '');
fs.symlinkSync('a/b', 'one');
fs.symlinkSync('../one', 'a/two');
fs.symlinkSync(path.resolve('a'), 'three');
fs.symlinkSync('loop2', 'loop1');
fs.symlinkSync('loop1', 'loop2');
fs.symlinkSync('gone/x', 'broken');
const relative = (p) => path.relative(root, p) || '.';
for (const p of ['a/b/f', 'one/f', 'a/two/f', 'three/two/../b/f', 'three', '.', 'a/../one/.', './one//f'])
  console.log(p, relative(fs.realpathSync(p)), relative(fs.realpathSync.native(p)), relative(fs.realpathSync(path.resolve(p))));
const shown = (e) => `${e.code} ${e.syscall} ${e.message.replaceAll(root, 'ROOT')}`;
for (const p of ['loop1', 'loop1/x', 'broken', 'missing/x', 'a/b/f/x', '']) {
  for (const run of [fs.realpathSync, fs.realpathSync.native]) try { console.log(p, relative(run(p))); } catch (e) { console.log(p, shown(e)); }
}
console.log(fs.realpathSync('one', 'buffer').equals(Buffer.from(path.resolve('a/b'))), fs.readlinkSync('one'), fs.readlinkSync('one', 'hex'), fs.readlinkSync(Buffer.from('one'), { encoding: 'buffer' }));
fs.realpath('one/f', (...args) => {
  console.log(args.length, args[0], relative(args[1]));
  fs.realpath.native('missing', (e) => {
    console.log(shown(e));
    fs.realpath('loop1', (e) => {
      console.log(e.code);
      fs.promises.realpath('three').then((p) => {
        console.log(relative(p));
        fs.promises.readlink('a').catch((e) => console.log(shown(e)));
      });
    });
  });
});
