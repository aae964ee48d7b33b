'use strict';
// What is closed in one turn is told so in the closing phase, from the last to the first.
const net = require('net');

const sockets = [];
const server = net.createServer((socket) => socket.resume()).listen(0, '127.0.0.1', connect);

function connect() {
  const socket = net.connect(server.address().port, '127.0.0.1', () => {
    if (sockets.push(socket) < 3) connect();
    else setImmediate(closeAll);
  });
}

function closeAll() {
  sockets.forEach((socket, index) => socket.on('close', () => console.log('socket', index)).destroy());
  for (const name of ['a', 'b']) {
    const { port1 } = new MessageChannel();
    port1.on('close', () => console.log('port', name));
    port1.close();
  }
  server.close();
}
