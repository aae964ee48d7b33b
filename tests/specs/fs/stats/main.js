// Stats and BigIntStats: what they show, and times as dates and instants.
const fs = require('fs');
process.chdir(fs.mkdtempSync(require('path').join(require('os').tmpdir(), 'stats-')));
fs.writeFileSync('f', '12345', { mode: 0o640 });
fs.utimesSync('f', 1.5, 1234567890.125);
const still = (stats) => Object.fromEntries(Object.entries(stats).filter(([key]) => !/^(dev|ino|ctime|birthtime|blksize|blocks|uid|gid)/.test(key)));
const stats = fs.statSync('f');
console.log(still(stats), stats.mtimeInstant.epochNanoseconds, stats.atimeInstant.toString(), stats.atime, stats.mtime);
const big = fs.statSync('f', { bigint: true });
console.log(still(big), big.mtimeInstant.epochNanoseconds, big.mtime, big.constructor.name);
stats.mtime = 'changed';
console.log(stats.mtime, Object.keys(stats).slice(-4), Object.getOwnPropertySymbols(stats).map(String));
fs.utimesSync('f', 1, new Date(-1));
try { fs.statSync('f/x', { throwIfNoEntry: false }); } catch (e) { console.log(e.code); }
console.log(fs.statSync('f').mtimeMs, fs.statSync('f').mtime, fs.statSync('f', { bigint: true }).mtimeNs);
console.log(new fs.Stats(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18));
const fd = fs.openSync('f');
console.log(fs.fstatSync(fd).size, fs.fstatSync(fd, { bigint: true }).size);
fs.fstat(fd, (e, s) => {
  console.log(e, s.size);
  fs.closeSync(fd);
  fs.statfs('.', (e, s) => {
    console.log(e, Object.keys(s), s.constructor.name, typeof fs.statfsSync('.', { bigint: true }).bsize);
    fs.lstat('f', { bigint: true }, (e, s) => {
      console.log(e, s.size);
      fs.stat('missing', { throwIfNoEntry: false }, (...args) => {
        console.log(args);
        fs.promises.stat('missing', { throwIfNoEntry: false }).then((s) => console.log(s));
      });
    });
  });
});
console.log(fs.statSync('missing', { throwIfNoEntry: false }), fs.lstatSync('gone', { throwIfNoEntry: false }));
