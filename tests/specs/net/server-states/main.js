// Listening, closing, and doing either twice.
const net = require('node:net');

const server = net.createServer();
console.log(server.listening, server.address());
server.close((error) => console.log('close without listening:', error.code, error.message));
server.listen(0, '127.0.0.1', () => {
  console.log('listening', server.listening, server.address().family, server.address().address);
  try {
    server.listen(0);
  } catch (error) {
    console.log(error.code, error.message);
  }
  const second = net.createServer();
  second.on('error', (error) => {
    console.log(error.code, error.syscall, error.address, error.port === server.address().port);
    console.log(error.message.replace(/\d+$/, 'PORT'));
    server.getConnections((failed, count) => {
      console.log(failed, count);
      server.close(() => console.log('closed', server.listening));
    });
  });
  second.listen(server.address().port, '127.0.0.1');
});
for (const options of [{}, { port: -1 }, { port: 'x' }, { port: 70000 }]) {
  try {
    net.createServer().listen(options);
  } catch (error) {
    console.log(error.code, error.message);
  }
}
