// why: later
const net = require('node:net');
const server = net.createServer(function connected(socket) {
  setTimeout(function later() { socket.end(); server.close(); }, 1);
}).listen(0, function listening() {
  net.connect(server.address().port).resume();
});
