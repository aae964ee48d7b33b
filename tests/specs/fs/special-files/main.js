// Files without a size, devices, empty files, large reads.
const fs = require('fs');
const path = require('path');
process.chdir(fs.mkdtempSync(path.join(require('os').tmpdir(), 'sf-')));
console.log(fs.readFileSync('/proc/self/stat', 'utf8').split(' ').length > 20, fs.readFileSync('/dev/null'), fs.readFileSync('/dev/null', 'utf8') === '', fs.statSync('/dev/null').isCharacterDevice(), fs.statSync('/proc').isDirectory());
fs.writeFileSync('empty', '');
console.log(fs.readFileSync('empty'), JSON.stringify(fs.readFileSync('empty', 'utf8')), fs.copyFileSync('/proc/self/status', 'copied'), fs.statSync('copied').size > 100);
const big = Buffer.alloc(3 * 1024 * 1024, 'ab€');
fs.writeFileSync('big', big);
console.log(fs.readFileSync('big').equals(big), fs.readFileSync('big', 'utf8') === big.toString(), fs.readFileSync('big', 'latin1').length);
fs.writeFileSync('broken', Buffer.from([0x61, 0xff, 0xe2, 0x82, 0x62, 0xef, 0xbb, 0xbf]));
console.log(JSON.stringify(fs.readFileSync('broken', 'utf8')), fs.readFileSync('broken', 'hex'), JSON.stringify(fs.readFileSync('broken', 'utf16le')), JSON.stringify(fs.readFileSync('broken', 'ascii')));
fs.writeFileSync('bom', '\ufeffx');
console.log(fs.readFileSync('bom', 'utf8').length);
fs.readFile('big', (e, data) => {
  console.log(e, data.equals(big));
  fs.promises.readFile('/proc/self/stat', 'utf8').then((text) => console.log(text.length > 20));
});
try { fs.readFileSync('/proc/self/mem', { flag: 'r' }); } catch (e) { console.log(e.code, e.syscall); }
