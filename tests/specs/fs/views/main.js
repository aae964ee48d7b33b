// Reading into and writing from views of all kinds: shared, resizable, transferred, in the middle of a buffer.
const fs = require('fs');
process.chdir(fs.mkdtempSync(require('path').join(require('os').tmpdir(), 'vi-')));
fs.writeFileSync('f', 'hello world');
const fd = fs.openSync('f', 'r+');
const attempt = (label, run) => {
  try { console.log(label, run()); } catch (e) { console.log(label, e.name, e.code, e.message); }
};
const shared = new Uint8Array(new SharedArrayBuffer(8));
attempt('shared', () => [fs.readSync(fd, shared, 0, 5, 0), Buffer.from(shared)]);
attempt('resizable', () => { const view = new Uint8Array(new ArrayBuffer(8, { maxByteLength: 16 })); return [fs.readSync(fd, view, 0, 5, 0), view]; });
const gone = new Uint8Array(8);
structuredClone(gone, { transfer: [gone.buffer] });
attempt('transferred', () => fs.readSync(fd, gone, 0, 5, 0));
attempt('write transferred', () => fs.writeSync(fd, gone));
attempt('write shared', () => fs.writeSync(fd, shared, 0, 2, 0));
attempt('numbers', () => { const view = new Float64Array(1); return [fs.readSync(fd, view, 0, 8, 0), Buffer.from(view.buffer).toString()]; });
attempt('in the middle', () => { const all = Buffer.alloc(10, '.'); return [fs.readSync(fd, all.subarray(3, 8), 1, 3, 0), all.toString()]; });
attempt('DataView', () => fs.writeSync(fd, new DataView(new ArrayBuffer(3)), 1, 1, 0));
attempt('DataView as file', () => { fs.writeFileSync('g', new DataView(Buffer.from('abcdef').buffer.slice(0, 0))); return fs.readFileSync('g').length; });
const target = new Uint16Array(4);
fs.read(fd, target, 2, 4, 0, (error, count, view) => {
  console.log(error, count, view === target, view);
  fs.write(fd, new Uint32Array([0x64636261]), 1, 2, 0, (error, count) => {
    console.log(error, count, fs.readFileSync('f', 'latin1'));
    fs.closeSync(fd);
  });
});
