// Small messages to and fro over 100 connections.
const net = require('net');
const CONNECTIONS = 100;
const ROUNDS = 500;
const message = Buffer.alloc(64, 'x');
const server = net.createServer((socket) => socket.pipe(socket)).listen(0, '127.0.0.1', () => {
  const start = process.hrtime.bigint();
  let open = CONNECTIONS;
  for (let i = 0; i < CONNECTIONS; i++) {
    let rounds = 0;
    const socket = net.connect(server.address().port, '127.0.0.1', () => socket.write(message));
    socket.on('data', () => {
      if (++rounds < ROUNDS) socket.write(message);
      else socket.end();
    });
    socket.on('close', () => {
      if (--open > 0) return;
      console.log('ms', Number(process.hrtime.bigint() - start) / 1e6);
      server.close();
    });
  }
});
