// The life of a connection, from both sides.
const net = require('node:net');

const log = [];
const server = net.createServer((socket) => {
  log.push('server: connection');
  socket.on('data', (data) => {
    log.push(`server: ${data}`);
    socket.write('pong');
  });
  socket.on('end', () => log.push('server: end'));
  socket.on('close', (hadError) => log.push(`server: close ${hadError}`));
});
server.on('close', () => {
  log.push('server closed');
});
server.listen(0, '127.0.0.1', () => {
  const { port } = server.address();
  const client = net.connect(port, '127.0.0.1', () => {
    log.push(`client: connect ${client.remoteAddress} ${client.remoteFamily} ${client.remotePort === port}`);
    client.write('ping');
  });
  client.setEncoding('utf8');
  client.on('data', (data) => {
    log.push(`client: ${data} ${client.bytesRead} ${client.bytesWritten}`);
    client.end();
  });
  client.on('end', () => log.push('client: end'));
  client.on('close', (hadError) => {
    log.push(`client: close ${hadError} ${client.bytesRead} ${client.bytesWritten} ${client.readyState}`);
    server.close();
  });
});
process.on('exit', () => console.log(log.join('\n')));
