'use strict';

// Servers, connections and datagram sockets that go to a child with a message.

const dgram = require('dgram');
const net = require('net');
const { fork } = require('child_process');

if (process.argv[2] === 'child') {
  const made = { server: undefined };
  process.on('message', (message, handle) => {
    console.log('child got', message, handle === undefined ? 'alone' : `with a ${handle.constructor.name}`);
    if (message === 'server') {
      made.server = handle;
      handle.on('connection', (socket) => socket.end('served by the child'));
      process.send('listening');
    } else if (message === 'connection') {
      handle.end('answered by the child');
    } else if (message === 'datagrams') {
      handle.once('message', (bytes) => {
        process.send(`datagram: ${bytes}`);
        handle.close();
      });
      process.send('receiving');
    } else if (message === 'end') {
      made.server.close(() => process.disconnect());
    }
  });
  process.send('ready');
} else {
  parent();
}

function read(port) {
  return new Promise((resolve) => {
    let text = '';
    net.connect(port, '127.0.0.1').setEncoding('utf8').on('data', (chunk) => {
      text += chunk;
    }).on('close', () => resolve(text));
  });
}

async function parent() {
  const child = fork(__filename, ['child']);
  const hear = (wanted) => new Promise((resolve) => {
    child.once('message', (message) => {
      console.log('parent heard', message);
      if (wanted !== undefined && message !== wanted) throw new Error(message);
      resolve(message);
    });
  });
  const exited = new Promise((resolve) => {
    child.on('exit', resolve);
  });
  await hear('ready');

  for (const [handle, name] of [['meow', 'text'], [{}, 'an object']]) {
    try {
      child.send('never', handle);
    } catch (error) {
      console.log(name, error.name, error.code, error.message);
    }
  }

  // A connection: it is the child's from then on.
  let sent;
  const front = net.createServer({ pauseOnConnect: true }, (socket) => {
    sent = socket;
    child.send('connection', socket);
  });
  await new Promise((resolve) => {
    front.listen(0, '127.0.0.1', resolve);
  });
  console.log(await read(front.address().port));
  console.log('still here:', sent._handle !== null);
  await new Promise((resolve) => {
    front.close(resolve);
  });

  // A server that both have; here it is closed.
  const shared = net.createServer();
  await new Promise((resolve) => {
    shared.listen(0, '127.0.0.1', resolve);
  });
  const { port } = shared.address();
  child.send('server', shared);
  await hear('listening');
  shared.close();
  console.log(await read(port));

  const socket = dgram.createSocket('udp4');
  await new Promise((resolve) => {
    socket.bind(0, '127.0.0.1', resolve);
  });
  const to = socket.address().port;
  child.send('datagrams', socket);
  await hear('receiving');
  socket.close();
  const sender = dgram.createSocket('udp4');
  sender.send('hello', to, '127.0.0.1');
  await hear();
  sender.close();

  child.send('end');
  console.log('exit', await exited);
}
