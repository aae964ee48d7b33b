// fs.watch: encodings, ignore, signals, wrong arguments, closing twice.
const fs = require('fs');
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
process.chdir(fs.mkdtempSync(require('path').join(require('os').tmpdir(), 'wo-')));
fs.mkdirSync('d');
for (const args of [['missing'], [5], [], ['d', 5], ['d', 'nope'], ['d', { recursive: 5 }], ['d', { encoding: 5 }], ['d', { ignore: 5 }], ['d', { ignore: [5] }], ['d', { ignore: '' }], ['d', { signal: 5 }]])
  try { fs.watch(...args).close(); console.log('fine'); } catch (e) { console.log(e.name, e.code, e.message, e.filename, Object.keys(e)); }
(async () => {
  const seen = new Set();
  let w = fs.watch('d', { encoding: 'hex' }, (type, name) => seen.add(`${type} ${name}`));
  console.log(w.ref() === w, w.unref() === w, w.ref() === w, w.constructor.name);
  await sleep(30);
  fs.writeFileSync('d/n', '');
  await sleep(60);
  w.on('close', () => console.log('closed'));
  console.log(w.close(), w.close(), seen);
  await sleep(20);
  seen.clear();
  w = fs.watch('d', { ignore: ['*.tmp', /^no/, (name) => name === 'fn'] }, (type, name) => seen.add(`${type} ${name}`));
  await sleep(30);
  for (const name of ['a.tmp', 'nox', 'fn', 'yes']) fs.writeFileSync(`d/${name}`, '');
  await sleep(60);
  w.close();
  console.log(seen);
  const controller = new AbortController();
  fs.watch('d', { signal: controller.signal }).on('close', () => console.log('closed by signal'));
  controller.abort();
  fs.watch('d', { signal: AbortSignal.abort() }).on('close', () => console.log('closed at once'));
  await sleep(20);
  fs.watch('d').unref();
  fs.watch('d', { persistent: false });
})();
