// Dir: reading one by one, closing, and what happens afterwards.
const fs = require('fs');
const path = require('path');
const root = fs.mkdtempSync(path.join(require('os').tmpdir(), 'dir-'));
for (const n of ['a', 'b', 'c']) fs.writeFileSync(path.join(root, n), '');
(async () => {
  const dir = fs.opendirSync(root);
  console.log(dir, dir.path === root, dir instanceof fs.Dir);
  const first = dir.read();
  try { dir.readSync(); } catch (e) { console.log(e.code, e.message); }
  try { dir.closeSync(); } catch (e) { console.log(e.code, e.message); }
  const names = [(await first).name, dir.readSync().name, (await dir.read()).name];
  console.log(names.sort(), await dir.read(), dir.readSync(), await dir.close());
  try { dir.closeSync(); } catch (e) { console.log(e.code, e.message); }
  try { dir.readSync(); } catch (e) { console.log(e.code, e.message); }
  await dir.read().catch((e) => console.log('promise', e.code));
  await dir.close().catch((e) => console.log('promise', e.code));
  try { dir.read(() => {}); } catch (e) { console.log('callback throws', e.code); }
  dir.close((e) => console.log('callback', e.code));
  const seen = [];
  for await (const entry of fs.opendirSync(root, { bufferSize: 1 })) seen.push([entry.name, entry.isFile(), entry.parentPath === root]);
  console.log(seen.sort());
  { await using d = await fs.promises.opendir(root); console.log((await d.read()).constructor.name); }
  { using d = fs.opendirSync(root, 'buffer'); console.log(Buffer.isBuffer(d.readSync().name)); }
  for (const make of [() => fs.opendirSync('missing'), () => fs.opendirSync(5), () => fs.opendirSync(root, { bufferSize: 0 }), () => fs.opendirSync(root, 5), () => fs.opendir(root), () => new fs.Dir(), () => fs.opendirSync(root).read(5)])
    try { make(); } catch (e) { console.log(e.name, e.code, e.message); }
  await new Promise((done) => fs.opendir('missing', (e) => { console.log(e.message); done(); }));
  await fs.promises.opendir('missing').catch((e) => console.log(e.message, e.path));
})();
