'use strict';

// Which connections `closeIdleConnections` closes: those on which no message has begun and no answer is awaited.

const http = require('http');
const net = require('net');

const head = (path) => `GET ${path} HTTP/1.1\r\nHost: a\r\n`;
const post = (path) => `POST ${path} HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\n`;
const cases = {
  'nothing said': [],
  'an empty line': ['\r\n'],
  'half a request line': ['GET / HT'],
  'half a head': [head('/')],
  'answered': [`${head('/')}\r\n`],
  'answered, and half of another head': [`${head('/')}\r\n`, head('/')],
  'half a body': [`${post('/')}abc`],
  'answered before the body came': [`${post('/at-once')}abc`],
  'answered before, and then it came': [`${post('/at-once')}abc`, 'defghij'],
  'waits for the answer': [`${post('/never')}abcdefghij`],
  'half an answer': [`${head('/half')}\r\n`],
  'one answered, one waits': [`${head('/')}\r\n${head('/never')}\r\n`],
};

const until = (condition) => new Promise((resolve) => {
  (function check() {
    if (condition()) setImmediate(resolve);
    else setImmediate(check);
  })();
});

async function tryIt(name, pieces) {
  const server = http.createServer((request, response) => {
    if (request.url === '/half') response.write('x');
    else if (request.url === '/at-once') response.end();
    else request.resume().on('end', () => request.url === '/never' || response.end());
  });
  let served;
  server.on('connection', (socket) => { served = socket; });
  await new Promise((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const socket = net.connect(server.address().port, '127.0.0.1').on('error', () => {}).resume();
  await until(() => served);
  let sent = 0;
  for (const piece of pieces) {
    socket.write(piece);
    sent += piece.length;
    await until(() => served.bytesRead === sent);
  }
  server.closeIdleConnections();
  console.log(`${name}: ${served.destroyed ? 'closed' : 'stays'}`);
  server.closeAllConnections();
  await new Promise((resolve) => {
    server.close(resolve);
  });
}

(async () => {
  for (const [name, pieces] of Object.entries(cases)) await tryIt(name, pieces);
})();
