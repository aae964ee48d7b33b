const net = require('node:net');
const { AsyncResource } = require('node:async_hooks');
class Job extends AsyncResource {
  constructor() {
    super('Job');
    this.done = false;
  }
}
function open() {
  const server = net.createServer();
  server.listen(0);
  const socket = net.connect(server.address().port);
  socket.on('connect', () => {
    socket.destroy();
    server.close();
  });
  const job = new Job();
  return job;
}
setTimeout(function later() {
  open();
}, 1);
