// mkdir: what recursive returns, and where it fails.
const fs = require('fs');
const path = require('path');
process.chdir(fs.mkdtempSync(path.join(require('os').tmpdir(), 'mk-')));
fs.writeFileSync('f', '');
const attempt = (label, run) => {
  try { console.log(label, run()); } catch (e) { console.log(label, e.code, e.message, e.path); }
};
attempt('relative', () => fs.mkdirSync('a/b/c', { recursive: true }));
attempt('again', () => fs.mkdirSync('a/b/c', { recursive: true }));
attempt('with dots', () => fs.mkdirSync('./a/../d/./e/', { recursive: true }));
attempt('absolute', () => path.relative('.', fs.mkdirSync(path.resolve('p/q'), { recursive: true })));
attempt('buffer', () => fs.mkdirSync(Buffer.from('q/r'), { recursive: true }));
attempt('over a file', () => fs.mkdirSync('f', { recursive: true }));
attempt('in a file', () => fs.mkdirSync('f/x', { recursive: true }));
attempt('far in a file', () => fs.mkdirSync('f/x/y', { recursive: true }));
attempt('empty', () => fs.mkdirSync('', { recursive: true }));
attempt('dot', () => fs.mkdirSync('.', { recursive: true }));
attempt('not recursive', () => fs.mkdirSync('no/such'));
attempt('there', () => fs.mkdirSync('a'));
attempt('mode', () => [fs.mkdirSync('m1', 0o700), (fs.statSync('m1').mode & 0o777).toString(8), fs.mkdirSync('m2', { mode: '711' }), (fs.statSync('m2').mode & 0o777).toString(8)]);
attempt('wrong mode', () => fs.mkdirSync('x', { mode: 'abc' }));
attempt('wrong recursive', () => fs.mkdirSync('x', { recursive: 1 }));
fs.mkdir('cb/x', { recursive: true }, (...args) => {
  console.log(args);
  fs.mkdir('cb/x', { recursive: true }, (...args) => {
    console.log(args);
    fs.mkdir('cb', (...args) => {
      console.log(args.length, args[0].message);
      fs.promises.mkdir('pr/x', { recursive: true }).then((first) => console.log(first, fs.readdirSync('.', { recursive: true })));
    });
  });
});
