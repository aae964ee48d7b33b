// utimes and its relatives: numbers, texts, dates, links.
const fs = require('fs');
process.chdir(fs.mkdtempSync(require('path').join(require('os').tmpdir(), 'ti-')));
fs.writeFileSync('f', '');
fs.symlinkSync('f', 'l');
const times = (p) => [fs.lstatSync(p).atimeMs, fs.lstatSync(p).mtimeMs];
for (const pair of [[1, 2], ['3', '4.5'], [new Date(5000), new Date('1999-01-01T00:00:00.123Z')], [0.001, 1e9 + 0.25], ['', 0]]) {
  fs.utimesSync('f', ...pair);
  console.log(pair, times('f'));
}
for (const value of [NaN, Infinity, 'abc', null, undefined, {}, 10n, true]) try { fs.utimesSync('f', value, 1); console.log('fine'); } catch (e) { console.log(e.code, e.message); }
const fd = fs.openSync('f');
fs.futimesSync(fd, 7, 8);
try { fs.futimesSync(fd, 'x', 8); } catch (e) { console.log(e.message); }
fs.lutimesSync('l', 9, 10);
console.log(times('f'), times('l'), fs._toUnixTimestamp(new Date(1500)), fs._toUnixTimestamp('12'));
fs.utimes('l', 11, 12, (...args) => {
  console.log(args, times('f'), times('l')[1]);
  fs.lutimes('missing', 1, 1, (e) => {
    console.log(e.message);
    fs.futimes(fd, 13, 14, () => {
      console.log(times('f'));
      fs.closeSync(fd);
      fs.promises.utimes('f', 15, 16).then(() => fs.promises.lutimes('l', 17, 18)).then(() => console.log(times('f'), times('l')));
    });
  });
});
