// writeFile and appendFile: flags, modes, encodings, descriptors, iterables.
const fs = require('fs');
process.chdir(fs.mkdtempSync(require('path').join(require('os').tmpdir(), 'wfv-')));
const text = () => fs.readFileSync('f', 'latin1');
fs.writeFileSync('f', 'é', 'latin1'); console.log(text());
fs.writeFileSync('f', Buffer.from('abc')); fs.appendFileSync('f', 'ZGVm', 'base64'); console.log(text());
fs.writeFileSync('f', 'XY', { flag: 'r+' }); console.log(text());
fs.writeFileSync('f', '', { mode: 0o600 }); console.log(text().length, (fs.statSync('f').mode & 0o777).toString(8));
fs.writeFileSync('g', 'x', { mode: '600', flush: true }); console.log((fs.statSync('g').mode & 0o777).toString(8));
fs.writeFileSync('f', new Uint16Array([0x4142])); console.log(text());
const fd = fs.openSync('f', 'w+');
fs.writeFileSync(fd, 'one'); fs.writeFileSync(fd, 'two'); fs.appendFileSync(fd, 'three'); console.log(text());
fs.closeSync(fd);
for (const args of [['f', 5], ['f', null], ['f', {}], ['f', []], ['f', new String('x')], ['f'], ['f', 'x', 'nope'], ['f', 'x', { mode: 'abc' }], ['f', 'x', { flag: 'zz' }], ['f', 'x', { flush: 1 }], ['', 'x'], [{}, 'x'], ['no/such', 'x'], ['.', 'x'], [999, 'x']])
  try { fs.writeFileSync(...args); console.log('fine'); } catch (e) { console.log(e.code, e.message); }
(async () => {
  await fs.promises.writeFile('f', (function* () { yield 'a'; yield Buffer.from('b'); })());
  console.log(text());
  await fs.promises.writeFile('f', (async function* () { yield 'later'; })(), { flag: 'a' });
  console.log(text());
  await fs.promises.appendFile('f', 'end', { flush: true });
  await fs.promises.writeFile('f', [5]).catch((e) => console.log(e.code, e.message));
  for (const data of [5, null, undefined, { a: 1 }]) await fs.promises.writeFile('f', data).catch((e) => console.log(e.code, e.message));
  fs.appendFile('f', 'cb', (...args) => { console.log(args, text()); fs.writeFile('f', 'q', 'utf8', (...args) => console.log(args, text())); });
})();
