'use strict';

// Connections go to the workers one after the other; those of a worker that dies go to the others.

const cluster = require('cluster');
const net = require('net');

if (cluster.isWorker) {
  const server = net.createServer((socket) => {
    socket.once('data', (chunk) => {
      if (String(chunk) === 'die') process.exit(7);
      socket.end(`worker ${cluster.worker.id}`);
    });
  });
  server.listen(0, '127.0.0.1');
  process.on('message', (message) => {
    if (message === 'close') server.close(() => process.send('closed'));
  });
} else {
  primary();
}

function ask(port, text) {
  return new Promise((resolve) => {
    let answer = '';
    const socket = net.connect(port, '127.0.0.1', () => socket.write(text));
    socket.on('data', (chunk) => {
      answer += chunk;
    }).on('close', () => resolve(answer || 'no answer')).on('error', () => {});
  });
}

function event(emitter, name) {
  return new Promise((resolve) => {
    emitter.once(name, (...args) => resolve(args));
  });
}

async function primary() {
  const ports = new Set();
  for (let id = 1; id <= 3; id++) {
    cluster.fork();
    const [worker, address] = await event(cluster, 'listening');
    console.log('listening', worker.id, address.address, address.addressType, address.fd);
    ports.add(address.port);
  }
  console.log('ports', ports.size);
  const [port] = ports;
  for (let index = 0; index < 6; index++) console.log(await ask(port, 'who'));

  const gone = event(cluster, 'exit');
  console.log(await ask(port, 'die'));
  const [dead, code, signal] = await gone;
  console.log('exit', dead.id, code, signal, dead.exitedAfterDisconnect, dead.isDead(), dead.isConnected());
  console.log('workers', Object.keys(cluster.workers));
  const others = new Set();
  for (let index = 0; index < 4; index++) others.add(await ask(port, 'who'));
  console.log([...others].sort());

  cluster.workers[2].send('close');
  const [worker, message] = await event(cluster, 'message');
  console.log('message', worker.id, message);
  console.log(await ask(port, 'who'), await ask(port, 'who'));
  cluster.disconnect(() => {
    console.log('disconnected', Object.keys(cluster.workers));
    const socket = net.connect(port, '127.0.0.1');
    socket.on('error', (error) => console.log(error.code));
  });
}
