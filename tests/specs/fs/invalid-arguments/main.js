// Wrong arguments throw at once, also in the callback form; in the promise form they reject.
const fs = require('fs');
const cases = [() => fs.readFileSync(), () => fs.readFileSync({}), () => fs.readFileSync('a\0b'), () => fs.readFileSync('x', 'nope'), () => fs.readFileSync('x', 5), () => fs.readFile('x'), () => fs.readFile('x', 'utf8', 'no callback'),
  () => fs.openSync('main.js', 'zz'), () => fs.openSync('x', 'r', 'mode'), () => fs.closeSync('1'), () => fs.closeSync(-1), () => fs.writeFileSync('x', 5), () => fs.writeFileSync('x', { a: 1 }), () => fs.readSync(0, 'x'), () => fs.readSync(0, Buffer.alloc(1), 5),
  () => fs.mkdirSync('x', { recursive: 'yes' }), () => fs.mkdirSync(), () => fs.chmodSync('x', 'abc'), () => fs.chownSync('x', -2, 0), () => fs.truncateSync('x', 1.5), () => fs.utimesSync('x', 'abc', 1), () => fs.symlinkSync('a', 'b', 'nope'), () => fs.stat('x', 5), () => fs.exists('x'),
  () => fs.readFileSync(new URL('http://x/')), () => fs.readFileSync(new URL('file://host/x')), () => fs.accessSync('x', 99), () => fs.mkdtempSync(), () => fs.createReadStream, () => fs.rmSync('x', { recursive: 1 })];
for (const f of cases) try { console.log(typeof f()); } catch (e) { console.log(e.name, e.code, e.message); }
fs.promises.readFile(5).catch((e) => console.log('promise', e.code, e.message));
fs.promises.open('main.js', 'zz').catch((e) => console.log('promise', e.code, e.message));
