// readv and writev: several buffers in one call.
const fs = require('fs');
const file = require('path').join(require('os').tmpdir(), 'v');
const fd = fs.openSync(file, 'w+');
console.log(fs.writevSync(fd, [Buffer.from('ab'), new Uint8Array([99]), new DataView(new ArrayBuffer(1)), new Uint16Array([0x6564])]), fs.writevSync(fd, []), fs.writevSync(fd, [Buffer.from('X')], 1));
const buffers = [Buffer.alloc(2), new Uint8Array(3), new Uint16Array(2)];
console.log(fs.readvSync(fd, buffers, 0), buffers, fs.readvSync(fd, buffers));
for (const run of [() => fs.readvSync(fd, 'x'), () => fs.readvSync(fd, [5]), () => fs.writevSync(fd, [Buffer.alloc(1), 'x']), () => fs.readvSync('x', []), () => fs.readv(fd, []), () => fs.writevSync(999, [Buffer.alloc(1)]), () => fs.readvSync(-1, []), () => fs.readvSync(fd, []), () => fs.readvSync(fd, [Buffer.alloc(0)])])
  try { console.log(run()); } catch (e) { console.log(e.code, e.message); }
fs.readv(fd, [Buffer.alloc(1)], null, (...args) => {
  console.log(args);
  fs.writev(fd, [Buffer.from('end')], 3, (...args) => {
    console.log(args, fs.readFileSync(file, 'latin1'));
    fs.closeSync(fd);
  });
});
