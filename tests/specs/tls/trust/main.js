// Which certificates a client takes, and what it says about the others.
const tls = require('node:tls');
const fs = require('node:fs');
const path = require('node:path');

const file = (name) => fs.readFileSync(path.join(__dirname, name));
const ca = file('ca.pem');

/** One connection to a server with that certificate. */
function visit(label, name, options) {
  return new Promise((resolve) => {
    const server = tls.createServer({ cert: file(`${name}.pem`), key: file(`${name}-key.pem`) }, (socket) => {
      socket.setEncoding('utf8');
      socket.on('data', (text) => socket.end(`${text}!`));
    });
    server.on('tlsClientError', () => {});
    server.listen(0, '127.0.0.1', () => {
      const socket = tls.connect({ port: server.address().port, host: '127.0.0.1', ...options }, () => {
        console.log(label, socket.authorized, socket.authorizationError, socket.encrypted, socket.getProtocol());
        socket.write('hello');
      });
      socket.setEncoding('utf8');
      socket.on('data', (text) => console.log(label, text));
      socket.on('error', (error) => console.log(label, error.code, error.message));
      socket.on('close', (hadError) => {
        console.log(label, 'close', hadError);
        server.close(resolve);
      });
    });
  });
}

(async () => {
  await visit('trusted', 'server', { ca, servername: 'localhost' });
  await visit('by address', 'server', { ca });
  await visit('older', 'server', { ca, maxVersion: 'TLSv1.2' });
  await visit('untrusted', 'server', { servername: 'localhost' });
  await visit('tolerated', 'server', { servername: 'localhost', rejectUnauthorized: false });
  await visit('self', 'self', { servername: 'localhost' });
  await visit('self trusted', 'self', { servername: 'localhost', ca: file('self.pem') });
  await visit('other name', 'other', { ca, servername: 'localhost' });
  await visit('own check', 'other', { ca, servername: 'localhost', checkServerIdentity: (host) => new Error(`not ${host}`) });
})();
