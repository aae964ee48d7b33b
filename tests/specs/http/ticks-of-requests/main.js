// How many next ticks a request over a kept connection takes, and who else hears what arrives there.
const { createHook } = require('async_hooks');
const http = require('http');
const net = require('net');

const REQUESTS = 10;
let ticks = 0;
createHook({ init(id, type) { if (type === 'TickObject') ticks += 1; } }).enable();

let accepted;
const server = http.createServer((request, response) => {
  accepted = request.socket;
  if (request.method === 'GET') response.end('hello');
  else request.resume().on('end', () => response.end('read'));
});

server.listen(0, '127.0.0.1', () => {
  const client = net.connect(server.address().port, '127.0.0.1');
  client.setEncoding('latin1');

  function ask(left, then) {
    if (left === 0) {
      then();
      return;
    }
    client.once('data', () => ask(left - 1, then));
    client.write('GET / HTTP/1.1\r\nHost: here\r\n\r\n');
  }

  ask(2, () => {
    const before = ticks;
    ask(REQUESTS, () => {
      // One of them is the client's.
      console.log('ticks a request', (ticks - before) / REQUESTS);
      listenToo(client);
    });
  });
});

function listenToo(client) {
  console.log('read', accepted.bytesRead > 0, accepted.listenerCount('data'));
  let heard = '';
  accepted.on('data', (chunk) => { heard += chunk.toString('latin1'); });
  client.once('data', () => {
    console.log('heard', JSON.stringify(heard));
    client.end();
    server.close();
  });
  client.write('POST / HTTP/1.1\r\nHost: here\r\nContent-Length: 4\r\n\r\ntext');
}
