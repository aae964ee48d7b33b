// Datagrams there and back, bound and connected.
const dgram = require('node:dgram');

const server = dgram.createSocket('udp4');
server.on('message', (message, from) => {
  console.log('server got', String(message), from.address, from.family, from.size);
  server.send(['an', 'swer'], from.port, from.address);
});
server.on('close', () => console.log('server closed'));
server.bind(0, '127.0.0.1', () => {
  const { address, family, port } = server.address();
  console.log(address, family);
  const client = dgram.createSocket('udp4', (message) => {
    console.log('client got', String(message));
    client.disconnect();
    client.close();
    server.close();
  });
  client.connect(port, '127.0.0.1', () => {
    console.log(client.remoteAddress().port === port);
    client.send(Buffer.from('xquestion'), 1, 8, (error, bytes) => console.log('sent', error, bytes));
  });
});
