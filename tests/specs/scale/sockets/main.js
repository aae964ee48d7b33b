'use strict';

// Many sockets at once: opened, each echoes, closed; nothing is left. The full size: `loopscope-node main.js 9000` (a
// process has two descriptors for each, `ulimit -n` is the bound).

const { once } = require('events');
const fs = require('fs');
const net = require('net');

const count = Number(process.argv[2] ?? 2000);
const AT_ONCE = 100;
const descriptors = () => fs.readdirSync('/proc/self/fd').length;

let accepted = 0;
let finished = 0;
const server = net.createServer((socket) => {
  accepted++;
  socket.pipe(socket);
  socket.on('close', (failed) => {
    if (!failed) finished++;
  });
});

function open(port) {
  return new Promise((resolve, reject) => {
    const socket = net.connect(port, '127.0.0.1', () => resolve(socket));
    socket.on('error', reject);
  });
}

function echo(socket, number) {
  return new Promise((resolve) => {
    socket.setEncoding('utf8').once('data', (text) => resolve(text === String(number)));
    socket.write(String(number));
  });
}

server.listen({ port: 0, host: '127.0.0.1', backlog: 511 }, async () => {
  const before = descriptors();
  const { port } = server.address();
  const sockets = [];
  await Promise.all(Array.from({ length: AT_ONCE }, async () => {
    for (let i = 0; i < count / AT_ONCE; i++) sockets.push(await open(port));
  }));
  console.log('open', sockets.length === count);
  const right = await Promise.all(sockets.map(echo));
  console.log('echoed', right.every(Boolean));
  server.getConnections((error, connections) => {
    console.log('connections', error, connections === count);
    const ends = sockets.map((socket) => once(socket, 'close'));
    for (const socket of sockets) socket.end();
    server.close(async () => {
      await Promise.all(ends);
      console.log('closed', accepted === count, accepted === finished);
      // The server's own descriptor is gone, too.
      console.log('descriptors left', descriptors() - before + 1);
      console.log(process.getActiveResourcesInfo().filter((name) => name.includes('TCP')));
    });
  });
});
