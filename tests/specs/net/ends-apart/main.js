'use strict';

// What was written and the end of it arrive in turns of their own, even when both are there at once: what the same
// wait brought for others gets between.

const { spawn } = require('child_process');
const net = require('net');

const child = spawn('/bin/sh', ['-c', 'printf hello']);
child.stdout.on('data', () => console.log('child: data')).on('end', () => console.log('child: end'));
child.on('exit', () => console.log('child: exit'));
child.on('close', sockets);
// Until the child is long gone.
Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 500);

function sockets() {
  const server = net.createServer({ allowHalfOpen: true }, (socket) => {
    for (const name of ['finish', 'end', 'close']) socket.on(name, () => console.log('server:', name));
    socket.once('data', () => {
      socket.end('answer');
      console.log('server: ended', socket.writableFinished);
    });
  });
  server.listen(0, '127.0.0.1', () => {
    const socket = net.connect(server.address().port, '127.0.0.1');
    for (const name of ['data', 'end', 'close']) socket.on(name, () => console.log('client:', name));
    socket.on('close', () => server.close());
    socket.end('question');
  });
}
