'use strict';
// A server and a client: text, bytes, ping, compression, close codes.
const { WebSocket, WebSocketServer } = require('ws');

const server = new WebSocketServer({ port: 0, host: '127.0.0.1', perMessageDeflate: { threshold: 16 } }, () => {
  const client = new WebSocket(`ws://127.0.0.1:${server.address().port}/room?x=1`, { perMessageDeflate: true });
  client.on('open', () => {
    console.log('open', client.extensions !== '');
    client.send('hello');
    client.send(Buffer.from([1, 2, 3]));
    client.send('x'.repeat(1000));
    client.ping('are you there');
  });
  client.on('pong', (data) => {
    console.log('pong', String(data));
    client.close(4001, 'enough');
  });
  client.on('message', (data, isBinary) => console.log('client got', isBinary, data.length, String(data).slice(0, 12)));
  client.on('close', (code, reason) => console.log('client closed', code, String(reason)));
});
server.on('connection', (socket, request) => {
  console.log('connection', request.url);
  socket.on('message', (data, isBinary) => socket.send(isBinary ? data : `echo ${data}`, { binary: isBinary }));
  socket.on('close', (code, reason) => {
    console.log('server saw the end', code, String(reason));
    server.close(() => console.log('server closed'));
  });
});
