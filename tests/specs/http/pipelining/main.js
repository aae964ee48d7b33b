// Responses go out in the order of the requests, whatever is ready first.
const http = require('node:http');
const net = require('node:net');

const waiting = [];
const server = http.createServer((request, response) => {
  console.log('request', request.url);
  waiting.push(response);
  if (waiting.length < 3) return;
  for (const one of waiting.toReversed()) {
    console.log('answering', one.req.url);
    one.end(`answer to ${one.req.url}`);
  }
});
server.listen(0, '127.0.0.1', () => {
  let text = '';
  const socket = net.connect(server.address().port, '127.0.0.1', () => {
    for (const path of ['/1', '/2']) socket.write(`GET ${path} HTTP/1.1\r\nHost: a\r\n\r\n`);
    socket.write('GET /3 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n');
  });
  socket.setEncoding('latin1').on('data', (data) => text += data).on('end', () => {
    console.log(text.replaceAll(/Date: .*\r\n/g, ''));
    server.close(() => console.log('closed'));
  });
});
