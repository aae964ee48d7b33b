// A chat's traffic: 1,000 WebSocket clients in another process, each of which sends a message when its last one came
// back. The server is the package `ws`; the clients speak the protocol over plain sockets, so that they cost little.
const net = require('net');
const path = require('path');
const { spawn } = require('child_process');

const CLIENTS = 1_000;
const ROUNDS = 20;

function serve() {
  const { WebSocketServer } = require(path.join(__dirname, '../packages/node_modules/ws'));
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1', perMessageDeflate: false }, () => {
    const child = spawn(process.execPath, [__filename, server.address().port], { stdio: ['ignore', 'pipe', 'inherit'] });
    child.stdout.pipe(process.stdout);
    child.on('exit', (code) => process.exit(code ?? 1));
  });
  server.on('connection', (socket) => socket.on('message', (data, isBinary) => socket.send(data, { binary: isBinary })));
}

/** A masked text frame of 32 bytes; its answer is 34 bytes long. */
const message = Buffer.concat([Buffer.from([0x81, 0x80 | 32, 0, 0, 0, 0]), Buffer.alloc(32, 'x')]);
const ANSWER = 34;

function connect(port, ready, done) {
  let opened = false;
  let bytes = 0;
  let rounds = 0;
  let head = '';
  const socket = net.connect(port, '127.0.0.1', () => {
    socket.write('GET / HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n'
      + 'Sec-WebSocket-Key: MDEyMzQ1Njc4OWFiY2RlZg==\r\nSec-WebSocket-Version: 13\r\n\r\n');
  });
  socket.on('data', (data) => {
    if (!opened) {
      head += data.toString('latin1');
      if (!head.endsWith('\r\n\r\n')) return;
      opened = true;
      ready(() => socket.write(message));
      return;
    }
    bytes += data.length;
    if (bytes < ANSWER) return;
    bytes -= ANSWER;
    if (++rounds < ROUNDS) socket.write(message);
    else done();
  });
}

function drive(port) {
  const starts = [];
  let open = CLIENTS;
  let begin;
  const ready = (start) => {
    starts.push(start);
    if (starts.length < CLIENTS) return;
    begin = process.hrtime.bigint();
    for (const go of starts) go();
  };
  const done = () => {
    if (--open > 0) return;
    console.log('ms', Number(process.hrtime.bigint() - begin) / 1e6);
    process.exit();
  };
  for (let i = 0; i < CLIENTS; i++) connect(port, ready, done);
}

if (process.argv.length > 2) drive(process.argv[2]);
else serve();
