// Memory of a server for 10,000 connections on which nothing happens, in bytes a connection. The clients are another
// process of the same program. Needs as many open files (`ulimit -n`).
const net = require('net');
const { spawn } = require('child_process');

const CONNECTIONS = 9_500;

function serve() {
  let open = 0;
  let before;
  let child;
  const server = net.createServer((socket) => {
    socket.on('error', () => {});
    if (++open < CONNECTIONS) return;
    setTimeout(() => {
      console.log('KB', (process.memoryUsage().rss - before) / CONNECTIONS / 1e3);
      child.kill('SIGKILL');
      process.exit();
    }, 300);
  }).listen({ port: 0, host: '127.0.0.1', backlog: 4096 }, () => {
    before = process.memoryUsage().rss;
    child = spawn(process.execPath, [__filename, server.address().port], { stdio: ['ignore', 'ignore', 'inherit'] });
    child.on('exit', (code) => process.exit(code ?? 1));
  });
}

function drive(port) {
  const sockets = [];
  const more = () => {
    if (sockets.length >= CONNECTIONS) return;
    const socket = net.connect(port, '127.0.0.1', more);
    socket.on('error', (error) => { throw error; });
    sockets.push(socket);
  };
  for (let i = 0; i < 64; i++) more();
}

if (process.argv.length > 2) drive(process.argv[2]);
else serve();
