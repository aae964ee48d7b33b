// Binding and connecting at once.
const dgram = require('node:dgram');

const server = dgram.createSocket('udp4');
const { port, address, family } = server.bindSync({ address: '127.0.0.1' });
console.log(address, family, server.address().port === port);
server.on('listening', () => console.log('listening'));
server.on('message', (message) => {
  console.log(String(message));
  server.close();
  client.close();
});
const client = dgram.createSocket('udp4');
client.on('connect', () => console.log('connect'));
client.connectSync(port, '127.0.0.1');
console.log(client.remoteAddress().port === port);
client.send('hello');
for (const act of [() => client.connectSync(1, '127.0.0.1'), () => server.bindSync()]) {
  try {
    act();
  } catch (error) {
    console.log(error.code, error.message);
  }
}
