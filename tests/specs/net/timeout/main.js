// 'timeout' tells of idleness and ends nothing.
const net = require('node:net');

const server = net.createServer((socket) => {
  socket.setTimeout(30, () => {
    console.log('idle', socket.timeout, socket.destroyed);
    socket.end('bye');
  });
});
server.listen(0, '127.0.0.1', () => {
  const client = net.connect({ port: server.address().port, host: '127.0.0.1', timeout: 10000 });
  client.setEncoding('utf8');
  client.on('data', (text) => console.log(text));
  client.on('timeout', () => console.log('must not happen'));
  client.on('close', () => server.close());
});
for (const value of ['1', -1, NaN, Infinity]) {
  try {
    new net.Socket().setTimeout(value);
  } catch (error) {
    console.log(error.code, error.message);
  }
}
