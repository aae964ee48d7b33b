'use strict';

// SCHED_NONE: workers have the socket itself. Datagram sockets are always shared so. A port that is taken is the
// worker's error; an exclusive server has a port of its own.

const cluster = require('cluster');
const dgram = require('dgram');
const net = require('net');

cluster.schedulingPolicy = cluster.SCHED_NONE;

if (cluster.isWorker) work();
else primary();

function work() {
  const jobs = {
    shared(id) {
      const server = net.createServer((socket) => socket.end('served'));
      server.listen(0, '127.0.0.1', () => process.send({ id, port: server.address().port }));
    },
    datagrams(id) {
      const socket = dgram.createSocket('udp4');
      socket.on('message', (bytes) => process.send({ id, got: String(bytes) }));
      socket.bind(0, '127.0.0.1', () => process.send({ id, port: socket.address().port }));
    },
    exclusive(id) {
      const server = net.createServer();
      server.listen({ port: 0, host: '127.0.0.1', exclusive: true }, () => process.send({ id, port: server.address().port }));
      // Nobody closes it when the worker is disconnected.
      server.unref();
    },
    taken(id, port) {
      net.createServer().listen(port, '127.0.0.1').on('error', ({ code, syscall, message }) => {
        process.send({ id, code, syscall, message: message.replace(port, 'PORT') });
      });
    },
  };
  process.on('message', ({ job, port }) => jobs[job](cluster.worker.id, port));
}

function tell(worker, message) {
  return new Promise((resolve) => {
    worker.once('message', resolve);
    worker.send(message);
  });
}

async function primary() {
  const workers = [cluster.fork(), cluster.fork()];
  const shared = [];
  for (const worker of workers) shared.push((await tell(worker, { job: 'shared' })).port);
  console.log('one port for both:', shared[0] === shared[1]);
  const answer = await new Promise((resolve) => {
    net.connect(shared[0], '127.0.0.1').on('data', (chunk) => resolve(String(chunk)));
  });
  console.log(answer);

  const exclusive = [];
  for (const worker of workers) exclusive.push((await tell(worker, { job: 'exclusive' })).port);
  console.log('one port for each:', exclusive[0] !== exclusive[1]);

  const blocker = net.createServer();
  await new Promise((resolve) => {
    blocker.listen(0, '127.0.0.1', resolve);
  });
  console.log(await tell(workers[0], { job: 'taken', port: blocker.address().port }));
  blocker.close();

  const datagrams = [];
  for (const worker of workers) datagrams.push((await tell(worker, { job: 'datagrams' })).port);
  console.log('one port for both:', datagrams[0] === datagrams[1]);
  const heard = new Promise((resolve) => {
    cluster.once('message', (worker, { got }) => resolve(got));
  });
  const sender = dgram.createSocket('udp4');
  sender.send('hello', datagrams[0], '127.0.0.1');
  console.log(await heard);
  sender.close();
  cluster.disconnect(() => console.log('disconnected'));
}
