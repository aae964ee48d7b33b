// Sizes and places of reads; empty and special files.
const fs = require('fs');
const path = require('path');
const file = path.join(require('os').tmpdir(), 'big');
const data = Buffer.alloc(300_000, 'abcdefghij');
fs.writeFileSync(file, data);
console.log(fs.readFileSync(file).equals(data), fs.readFileSync(file, 'utf8').length, fs.readFileSync('/dev/null').length, fs.readFileSync('/proc/self/stat', 'utf8').length > 10);
fs.readFile(file, (e, d) => console.log('async', d.equals(data)));
fs.promises.readFile(file, 'latin1').then((t) => console.log('promise', t.length));
const fd = fs.openSync(file);
const b = Buffer.alloc(10);
console.log(fs.readSync(fd, b, 0, 5, 299_998), b.toString('latin1', 0, 3), fs.readSync(fd, b, 0, 0), fs.readSync(fd, b, 0, 10, 400_000), fs.readSync(fd, b, 0, 10, 5n), b.toString());
console.log(fs.readFileSync(fd).length, fs.readFileSync(fd).length, fs.readvSync(fd, [b], 0));
fs.closeSync(fd);
