// Who keeps the program alive.
const net = require('node:net');
const { Worker, isMainThread } = require('node:worker_threads');

process.on('exit', () => console.log('exit'));
const server = net.createServer((socket) => {
  socket.unref();
  socket.on('data', () => {});
}).listen(0, '127.0.0.1', () => {
  server.unref();
  const client = net.connect(server.address().port, '127.0.0.1', () => {
    console.log('connected', client.readyState, client.pending);
    client.unref();
    setTimeout(() => console.log('the timer alone kept it'), 20);
  });
  console.log('connecting', client.connecting, client.readyState, client.pending);
});
