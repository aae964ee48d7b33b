// Hundreds of clients at once, each of which gets back what it sent.
const net = require('node:net');

const CLIENTS = 200;
const ROUNDS = 5;
const server = net.createServer((socket) => socket.pipe(socket));
server.listen(0, '127.0.0.1', 511, () => {
  let done = 0;
  let bytes = 0;
  for (let i = 0; i < CLIENTS; i++) {
    const message = Buffer.alloc(50 + i * 3, i & 255);
    const socket = net.connect(server.address().port, '127.0.0.1', () => socket.write(message));
    let received = [];
    let round = 0;
    socket.on('data', (data) => {
      received.push(data);
      bytes += data.length;
      const all = Buffer.concat(received);
      if (all.length < message.length) return;
      if (!all.equals(message)) console.log('mixed up');
      received = [];
      if (++round === ROUNDS) socket.end();
      else socket.write(message);
    });
    socket.on('close', () => {
      if (++done < CLIENTS) return;
      server.getConnections((error, left) => {
        console.log(error, left, bytes);
        server.close(() => console.log('closed'));
      });
    });
  }
});
