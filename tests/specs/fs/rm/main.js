// rm in its three forms: files, folders, nothing, links.
const fs = require('fs');
process.chdir(fs.mkdtempSync(require('path').join(require('os').tmpdir(), 'rm-')));
const setUp = () => {
  fs.mkdirSync('d/e/f', { recursive: true });
  fs.writeFileSync('d/e/f/g', '');
  fs.writeFileSync('file', '');
  fs.mkdirSync('kept', { recursive: true });
  fs.writeFileSync('kept/x', '');
  fs.rmSync('link', { force: true });
  fs.symlinkSync('kept', 'link');
};
const cases = [['file'], ['d'], ['d', { recursive: true }], ['missing'], ['missing', { force: true }], ['file/x'], ['file/x', { force: true }], ['link'], ['link', { recursive: true }], [''], ['file', { force: 5 }], ['file', { maxRetries: -1 }], ['file', { retryDelay: 'x' }], ['file', null], [5]];
const shown = (e) => [e.name, e.code, e.message, e.syscall, e.errno, e.path, Object.keys(e)].join(' | ');
(async () => {
  for (const args of cases) {
    setUp();
    try { console.log(args, 'sync', fs.rmSync(...args), fs.readdirSync('.')); } catch (e) { console.log(args, 'sync', shown(e)); }
    setUp();
    await fs.promises.rm(...args).then((v) => console.log(args, 'promise', v, fs.readdirSync('.')), (e) => console.log(args, 'promise', shown(e)));
    setUp();
    await new Promise((resolve) => {
      try { fs.rm(...args, (...r) => { console.log(args, 'callback', r.length, r[0] && shown(r[0])); resolve(); }); } catch (e) { console.log(args, 'throws', shown(e)); resolve(); }
    });
  }
  console.log(fs.readdirSync('kept'));
  try { fs.rmdirSync('kept', { recursive: true }); } catch (e) { console.log(e.code, e.message); }
  console.log(fs.rmSync('d', { recursive: true }), fs.existsSync('d'));
  try { fs.rmdirSync('kept'); } catch (e) { console.log(e.code); }
})();
