// readFile with a buffer of the script's own.
const fs = require('fs');
const file = require('path').join(require('os').tmpdir(), 'rb.txt');
fs.writeFileSync(file, 'hello world');
const attempt = (label, options) => {
  try { console.log(label, fs.readFileSync(file, options)); } catch (e) { console.log(label, e.name, e.code, e.message); }
};
attempt('larger', { buffer: Buffer.alloc(20) });
attempt('exact', { buffer: Buffer.alloc(11) });
attempt('too small', { buffer: Buffer.alloc(4) });
attempt('function', { buffer: (size) => { console.log('size', size); return Buffer.alloc(30); } });
attempt('function, too small', { buffer: () => Buffer.alloc(3) });
attempt('function, wrong', { buffer: () => 5 });
attempt('Uint16Array', { buffer: new Uint16Array(12) });
attempt('text', { buffer: Buffer.alloc(20), encoding: 'utf8' });
attempt('wrong', { buffer: 5 });
const buffer = Buffer.alloc(20);
console.log(fs.readFileSync(file, { buffer }).buffer === buffer.buffer, buffer.toString('latin1', 0, 12));
fs.readFile(file, { buffer: Buffer.alloc(2) }, (e) => {
  console.log(e.code);
  fs.readFile(file, { buffer, encoding: 'hex' }, (...args) => {
    console.log(args);
    fs.promises.readFile(file, { buffer }).then((bytes) => console.log(bytes.length, bytes.buffer === buffer.buffer));
  });
});
try { fs.readFile(file, { buffer: 5 }, () => {}); } catch (e) { console.log(e.message); }
