// Writing, appending, reading back: text, bytes, flags, encodings.
const fs = require('fs');
const path = require('path');
const file = path.join(fs.mkdtempSync(path.join(require('os').tmpdir(), 'rw-')), 'file.txt');
console.log(fs.writeFileSync(file, 'héllo\n'), fs.readFileSync(file), fs.readFileSync(file, 'utf8'), fs.readFileSync(file, { encoding: 'base64' }));
fs.appendFileSync(file, Buffer.from('more'));
console.log(JSON.stringify(fs.readFileSync(file, 'latin1')), fs.statSync(file).size, fs.existsSync(file), fs.existsSync(`${file}x`), fs.existsSync());
fs.writeFileSync(file, '6869', 'hex');
fs.writeFileSync(file, '!', { flag: 'a' });
console.log(fs.readFileSync(file, 'ascii'), fs.readFileSync(file, { encoding: 'utf8', flag: 'r+' }));
try { fs.writeFileSync(file, 'x', { flag: 'wx' }); } catch (e) { console.log(e.code, e.syscall, path.basename(e.path)); }
const fd = fs.openSync(file, 'w+', 0o644);
console.log(fs.writeSync(fd, 'abcdef'), fs.writeSync(fd, 'XY', 2), fs.writeSync(fd, Buffer.from('__zz'), 2, 2, 0), fs.writevSync(fd, [Buffer.from('1'), Buffer.from('2')]));
const buffer = Buffer.alloc(4, '.');
console.log(fs.readSync(fd, buffer, 0, 4, 0), buffer.toString(), fs.readSync(fd, buffer, { position: 6 }), buffer.toString(), fs.readSync(fd, buffer), fs.ftruncateSync(fd, 3), fs.fstatSync(fd).size);
fs.closeSync(fd);
console.log(fs.readFileSync(file, 'utf8'));
fs.truncateSync(file, 5);
console.log(fs.readFileSync(file), fs.copyFileSync(file, `${file}2`), fs.readFileSync(`${file}2`).length, fs.renameSync(`${file}2`, `${file}3`), fs.readdirSync(path.dirname(file)), fs.unlinkSync(`${file}3`));
for (const value of [new Uint8Array([65]), new DataView(new ArrayBuffer(1))]) { fs.writeFileSync(file, value); console.log(fs.readFileSync(file)); }
