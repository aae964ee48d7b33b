// Each I/O callback starts the next operation: one turn after another.
const fs = require('fs');
fs.open(__filename, 'r', (error, fd) => {
  console.log('open', error);
  fs.fstat(fd, (error, stats) => {
    console.log('fstat', error, stats.isFile());
    fs.read(fd, Buffer.alloc(2), 0, 2, 0, (error, bytes, buffer) => {
      console.log('read', error, bytes, buffer.toString());
      fs.close(fd, (error) => console.log('close', error));
    });
  });
});
console.log('main');
