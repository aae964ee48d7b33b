// A server that wants to know its clients.
const tls = require('node:tls');
const fs = require('node:fs');
const path = require('node:path');

const file = (name) => fs.readFileSync(path.join(__dirname, name));
const ca = file('ca.pem');

function visit(label, serverOptions, clientOptions) {
  return new Promise((resolve) => {
    const server = tls.createServer({
      cert: file('server.pem'), key: file('server-key.pem'), ca, requestCert: true, ...serverOptions,
    }, (socket) => {
      console.log(label, 'server:', socket.authorized, socket.authorizationError, socket.getPeerCertificate().subject);
      socket.end('welcome');
    });
    server.listen(0, '127.0.0.1', () => {
      const socket = tls.connect({ port: server.address().port, host: '127.0.0.1', ca, ...clientOptions });
      let text = '';
      socket.setEncoding('utf8');
      socket.on('data', (part) => {
        text += part;
      });
      socket.on('error', () => {});
      socket.on('close', () => {
        console.log(label, 'client:', text);
        server.close(resolve);
      });
    });
  });
}

(async () => {
  const own = { cert: file('client.pem'), key: file('client-key.pem') };
  await visit('known', { rejectUnauthorized: true }, own);
  await visit('tolerated', { rejectUnauthorized: false }, {});
  await visit('refused', { rejectUnauthorized: true }, {});
})();
