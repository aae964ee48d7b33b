// Several writes in one, in several encodings; what was written is counted.
const net = require('node:net');

const server = net.createServer((socket) => {
  const parts = [];
  socket.on('data', (data) => parts.push(data));
  socket.on('end', () => {
    console.log(Buffer.concat(parts).toString('hex'));
    socket.end();
  });
});
server.listen(0, '127.0.0.1', () => {
  const socket = net.connect(server.address().port, '127.0.0.1');
  socket.cork();
  socket.write('ü€');
  socket.write('ü', 'latin1');
  socket.write('ü', 'utf16le');
  socket.write('beef', 'hex');
  socket.write('aGk=', 'base64');
  socket.write(new Uint8Array([1, 2, 3]));
  socket.write('', () => console.log('nothing written'));
  console.log(socket.bytesWritten, socket.writableLength);
  socket.uncork();
  socket.on('connect', () => console.log('connect', socket.bytesWritten));
  socket.end('end', () => console.log('finish', socket.bytesWritten));
  socket.on('close', () => server.close());
  for (const bad of [null, 1, {}]) {
    try {
      net.Socket().write(bad);
    } catch (error) {
      console.log(error.code, error.message);
    }
  }
});
