// Signals end connections and servers; a connection can be broken off.
const net = require('node:net');

const controller = new AbortController();
const server = net.createServer((socket) => {
  socket.on('error', (error) => console.log('server:', error.code));
  socket.resume();
});
server.on('close', () => console.log('server closed'));
server.listen({ port: 0, host: '127.0.0.1', signal: controller.signal }, () => {
  const { port } = server.address();
  const own = new AbortController();
  const socket = net.connect({ port, host: '127.0.0.1', signal: own.signal });
  socket.on('connect', () => own.abort(new Error('enough')));
  socket.on('error', (error) => console.log(error.name, error.code, error.cause?.message));
  socket.on('close', (hadError) => {
    console.log('closed', hadError);
    const other = net.connect({ port, host: '127.0.0.1' }, () => other.resetAndDestroy());
    other.on('close', () => {
      console.log('reset', other.destroyed);
      setTimeout(() => controller.abort(), 50);
    });
  });
});
try {
  new net.Socket().resetAndDestroy().on('error', (error) => console.log(error.code));
} catch (error) {
  console.log(error.code);
}
