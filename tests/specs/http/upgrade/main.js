// Other protocols take over a connection; CONNECT does too.
const http = require('node:http');

const server = http.createServer((request, response) => response.end(`no ${request.headers.upgrade}`));
server.on('connect', (request, socket, head) => {
  console.log('server: connect', request.url, String(head));
  socket.end('HTTP/1.1 200 Go on\r\n\r\nhello');
});
server.listen(0, '127.0.0.1', () => {
  const port = server.address().port;
  const request = http.request({ host: '127.0.0.1', port, headers: { Connection: 'Upgrade', Upgrade: 'chat' } });
  request.on('response', (response) => {
    response.setEncoding('utf8').on('data', (text) => console.log('without a listener:', text));
    response.on('end', () => withListener(port));
  }).end();
});
function withListener(port) {
  server.on('upgrade', (request, socket, head) => {
    console.log('server:', request.headers.upgrade, head.length, request.upgrade);
    socket.write('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: chat\r\n\r\nfirst words');
    socket.on('data', (data) => {
      console.log('server heard', String(data));
      socket.end();
    });
  });
  const request = http.request({ host: '127.0.0.1', port, headers: { Connection: 'Upgrade', Upgrade: 'chat' } });
  request.on('upgrade', (response, socket, head) => {
    console.log('client:', response.statusCode, response.headers.upgrade, String(head));
    socket.write('answer');
    socket.resume().on('end', () => connect(port));
  }).end();
}
function connect(port) {
  const request = http.request({ host: '127.0.0.1', port, method: 'CONNECT', path: 'example.org:80' });
  request.on('connect', (response, socket, head) => {
    let text = String(head);
    socket.on('data', (data) => text += data).on('end', () => {
      console.log('client:', response.statusCode, text);
      server.close();
    });
  }).end();
}
