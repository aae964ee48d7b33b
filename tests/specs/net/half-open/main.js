// One side may go on after the other has ended.
const net = require('node:net');

const server = net.createServer({ allowHalfOpen: true }, (socket) => {
  let text = '';
  socket.setEncoding('utf8');
  socket.on('data', (data) => {
    text += data;
  });
  socket.on('end', () => {
    console.log('server got', text, socket.readable, socket.writable, socket.readyState);
    socket.write('late ');
    socket.end('answer');
  });
});
server.listen(0, '127.0.0.1', () => {
  const client = net.connect({ port: server.address().port, host: '127.0.0.1' });
  client.end('question');
  let text = '';
  client.setEncoding('latin1');
  client.on('data', (data) => {
    text += data;
  });
  client.on('end', () => console.log('client got', text));
  client.on('close', () => server.close());
});
