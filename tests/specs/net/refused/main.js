// A port where nobody listens.
const net = require('node:net');

const probe = net.createServer().listen(0, '127.0.0.1', () => {
  const { port } = probe.address();
  probe.close(() => {
    const socket = net.connect({ port, host: '127.0.0.1' });
    socket.on('error', (error) => {
      console.log(error.message.replace(port, 'PORT'));
      console.log(error.code, error.syscall, error.address, error.port === port, error.errno);
    });
    socket.on('close', (hadError) => console.log('close', hadError, socket.destroyed));
  });
});
