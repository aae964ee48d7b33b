// What a server that does not look at errors answers.
const http = require('node:http');
const net = require('node:net');

const server = http.createServer({ maxHeaderSize: 200 }, (request, response) => response.end('fine'));

function send(input) {
  return new Promise((resolve) => {
    let text = '';
    const socket = net.connect(server.address().port, '127.0.0.1', () => socket.write(input));
    socket.setEncoding('latin1').on('data', (data) => text += data).on('close', () => resolve(text.replace(/Date: .*\r\n/, '')));
  });
}

server.listen(0, '127.0.0.1', async () => {
  console.log([await send('nonsense\r\n\r\n')]);
  console.log([await send(`GET / HTTP/1.1\r\nA: ${'x'.repeat(300)}\r\n\r\n`)]);
  console.log([await send('GET / HTTP/1.1\r\nConnection: close\r\n\r\n')]);
  console.log([await send('GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n')]);
  console.log([await send('GET / HTTP/1.0\r\n\r\n')]);
  console.log([await send('GET / HTTP/1.1\r\nHost: a\r\nExpect: wonders\r\nConnection: close\r\n\r\n')]);
  server.close();
});
