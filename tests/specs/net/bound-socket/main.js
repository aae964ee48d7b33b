// An address before there is a server or a connection.
const net = require('node:net');

function attempt(label, act) {
  try {
    console.log(label, act());
  } catch (error) {
    console.log(label, error.name, error.code, error.message.replace(/\d{4,5}$/, 'PORT'));
  }
}
const bound = new net.BoundSocket({ host: '127.0.0.1' });
const { address, family, port } = bound.address();
console.log(address, family, bound.isPipe, typeof bound.fd());
attempt('taken', () => new net.BoundSocket({ host: '127.0.0.1', port }));
for (const options of [1, { port: 'x' }, { host: 'localhost' }, { host: 1 }, { path: 'x', port: 1 }, { reusePort: 1 }]) {
  attempt(JSON.stringify(options), () => new net.BoundSocket(options));
}
const local = new net.BoundSocket({ host: '127.0.0.1' });
const localPort = local.address().port;
const server = net.createServer((socket) => {
  console.log('from the address that was bound', socket.remotePort === localPort);
  socket.end();
});
server.listen(bound, () => {
  console.log('listens there', server.address().port === port);
  attempt('adopted', () => bound.address());
  attempt('adopted', () => bound.close());
  const socket = new net.Socket({ handle: local });
  socket.connect(port, '127.0.0.1', () => console.log('connected', socket.localPort === localPort));
  socket.resume();
  socket.on('close', () => server.close());
});
