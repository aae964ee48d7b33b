// Encryption over streams that are no sockets, and over a socket that is connected already.
const tls = require('node:tls');
const net = require('node:net');
const fs = require('node:fs');
const path = require('node:path');
const { duplexPair } = require('node:stream');

const cert = fs.readFileSync(path.join(__dirname, 'self.pem'));
const key = fs.readFileSync(path.join(__dirname, 'self-key.pem'));
const secureContext = tls.createSecureContext({ cert, key });

const [one, other] = duplexPair();
const server = new tls.TLSSocket(other, { isServer: true, secureContext });
server.on('secure', () => console.log('server is secure', server.getProtocol()));
server.on('data', (data) => server.end(`echo ${data}`));
const client = tls.connect({ socket: one, ca: cert, servername: 'localhost' }, () => {
  console.log('client is secure', client.authorized);
  client.write('over a pair');
});
client.setEncoding('utf8');
client.on('data', (text) => console.log(text));
client.on('end', () => {
  client.end();
  overSocket();
});

function overSocket() {
  const plain = net.createServer((socket) => {
    socket.once('data', (data) => {
      console.log('in the clear:', String(data));
      socket.write('go ahead');
      const secure = new tls.TLSSocket(socket, { isServer: true, secureContext });
      secure.on('data', (text) => secure.end(`secret ${text}`));
      secure.on('close', () => plain.close());
    });
  });
  plain.listen(0, '127.0.0.1', () => {
    const socket = net.connect(plain.address().port, '127.0.0.1', () => socket.write('start'));
    socket.once('data', (data) => {
      console.log(String(data));
      const secure = tls.connect({ socket, ca: cert, servername: 'localhost' }, () => {
        console.log(secure.authorized, secure.remoteAddress, secure.remotePort === plain.address().port);
        secure.write('question');
      });
      secure.setEncoding('utf8');
      secure.on('data', (text) => console.log(text));
      secure.on('close', () => console.log('closed', socket.destroyed));
    });
  });
}
