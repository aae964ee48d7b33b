// In which phase what happens: data in poll, 'close' after check.
const net = require('node:net');

const log = [];
const server = net.createServer((socket) => {
  log.push('connection');
  setImmediate(() => log.push('immediate of connection'));
  process.nextTick(() => log.push('tick of connection'));
  Promise.resolve().then(() => log.push('promise of connection'));
  socket.on('data', () => {
    log.push('data');
    socket.destroy();
    setImmediate(() => log.push('immediate of data'));
    process.nextTick(() => log.push('tick of data'));
  });
  socket.on('close', () => {
    log.push('close');
    setImmediate(() => log.push('immediate of close'));
    server.close();
  });
});
server.listen(0, '127.0.0.1', () => {
  const client = net.connect(server.address().port, '127.0.0.1', () => {
    setImmediate(() => client.write('x'));
  });
  client.on('error', () => {});
  client.resume();
});
process.on('exit', () => console.log(log.join('\n')));
