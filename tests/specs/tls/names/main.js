// A server with several names and protocols.
const tls = require('node:tls');
const fs = require('node:fs');
const path = require('node:path');

const file = (name) => fs.readFileSync(path.join(__dirname, name));
const ca = file('ca.pem');
const context = tls.createSecureContext({ cert: file('other.pem'), key: file('other-key.pem') });
const server = tls.createServer({
  cert: file('server.pem'),
  key: file('server-key.pem'),
  ALPNProtocols: ['b/2', 'a/1'],
}, (socket) => socket.end(`${socket.servername} ${socket.alpnProtocol}`));
server.addContext('other.example', context);
server.on('tlsClientError', (error) => console.log('server:', error.code));

function visit(options) {
  return new Promise((resolve) => {
    const socket = tls.connect({ port: server.address().port, host: '127.0.0.1', ca, ...options }, () => {
      const { subject, subjectaltname, valid_to: end, bits, nistCurve } = socket.getPeerCertificate();
      console.log(subject, subjectaltname, end.endsWith('GMT'), bits, nistCurve, socket.alpnProtocol);
    });
    socket.setEncoding('utf8');
    socket.on('data', (text) => console.log('server said', text));
    socket.on('error', (error) => console.log(error.code));
    socket.on('close', resolve);
  });
}
server.listen(0, '127.0.0.1', async () => {
  await visit({});
  await visit({ servername: 'www.example.org', ALPNProtocols: ['a/1', 'b/2'] });
  await visit({ servername: 'other.example', ALPNProtocols: ['a/1'] });
  server.close();
});

const check = (host, cert) => tls.checkServerIdentity(host, cert)?.message ?? 'fine';
for (const [host, cert] of [
  ['a.com', { subject: { CN: 'a.com' } }],
  ['b.com', { subject: { CN: 'a.com' } }],
  ['a.com', { subject: {} }],
  ['a.com', { subjectaltname: 'DNS:*.a.com, DNS:b.com', subject: {} }],
  ['x.a.com', { subjectaltname: 'DNS:*.a.com', subject: {} }],
  ['8.8.8.8', { subjectaltname: 'IP Address:8.8.8.9, DNS:x', subject: {} }],
  ['::1', { subjectaltname: 'IP Address:0:0:0:0:0:0:0:1', subject: {} }],
  ['a.com', { subject: { CN: ['b.com', 'c.com'] } }],
  ['a.com', { subject: { CN: '*.com' } }],
  ['foo.a.com', { subject: { CN: 'f*o.a.com' } }],
  ['A.com.', { subject: { CN: 'a.COM' } }],
]) console.log(host, check(host, cert));
for (const options of [{ minVersion: 'x' }, { secureProtocol: 'x' }, { key: 1 }, { cert: 'x' }, { key: 'x' }, { ciphers: 'x' }]) {
  try {
    tls.createSecureContext(options);
  } catch (error) {
    console.log(error.code, error.message);
  }
}
