// The callback form: null as error, the arguments that follow, always later.
const fs = require('fs');
const path = require('path');
const file = path.join(require('os').tmpdir(), 'cb.txt');
fs.writeFile(file, 'data', (...args) => {
  console.log('writeFile', args);
  fs.open(file, 'r+', (...args) => {
    const fd = args[1];
    console.log('open', args[0], typeof fd);
    fs.write(fd, Buffer.from('DA'), (error, n, buffer) => {
      console.log('write', error, n, buffer);
      fs.write(fd, 'text', 4, 'utf8', (error, n, text) => {
        console.log('write', error, n, text);
        fs.read(fd, { buffer: Buffer.alloc(8), position: 0 }, (error, n, buffer) => {
          console.log('read', error, n, buffer.toString());
          fs.readv(fd, [Buffer.alloc(2), Buffer.alloc(3)], 0, (error, n, buffers) => {
            console.log('readv', error, n, buffers.map(String));
            fs.close(fd, (...args) => {
              console.log('close', args);
              fs.exists(file, (yes) => console.log('exists', yes, fs.existsSync(file)));
              fs.readdir(path.dirname(file), (...args) => console.log('readdir', args));
            });
          });
        });
      });
    });
  });
});
console.log('main');
