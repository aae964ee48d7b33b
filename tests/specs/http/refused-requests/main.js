// Requests that two readers could understand differently are refused, and the error says where.
const http = require('node:http');
const net = require('node:net');

const HEAD = 'POST / HTTP/1.1\r\nHost: a\r\n';
const inputs = [
  'Oops / HTTP/1.1\r\n\r\n',
  'GET / FOO/1.1\r\n\r\n',
  'GET / HTTP/9.1\r\nHost: a\r\n\r\n',
  'GET / HTTP/1.1\nHost: a\n\n',
  `${HEAD}Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n`,
  `${HEAD}Content-Length: 1\r\nContent-Length: 2\r\n\r\n`,
  `${HEAD}Bad Header: 1\r\n\r\n`,
  `${HEAD} folded\r\n\r\n`,
  `${HEAD}X: a\0b\r\n\r\n`,
  `${HEAD}Transfer-Encoding: chunked\r\n\r\nzz\r\n`,
  `${HEAD}Transfer-Encoding: gzip\r\n\r\n`,
];

function send(input) {
  return new Promise((resolve) => {
    const server = http.createServer((request, response) => {
      console.log('request', request.method, request.url);
      response.end();
    });
    server.on('clientError', (error, socket) => {
      console.log(JSON.stringify(input.slice(-30)), error.code, error.reason, error.bytesParsed, error.rawPacket.length);
      socket.destroy();
    });
    server.listen(0, '127.0.0.1', () => {
      const socket = net.connect(server.address().port, '127.0.0.1', () => socket.write(input));
      socket.resume().on('error', () => {}).on('close', () => server.close(resolve));
    });
  });
}

(async () => {
  for (const input of inputs) await send(input);
})();
