'use strict';

// A server whose streams are listened for at its sessions.

const http2 = require('http2');

const server = http2.createServer();
server.on('session', (session) => session.on('stream', (stream, headers) => {
  stream.respond({ ':status': 201 });
  stream.end(`at the session: ${headers[':path']}`);
}));
server.listen(0, () => {
  const client = http2.connect(`http://localhost:${server.address().port}`);
  const stream = client.request({ ':path': '/x' });
  stream.setEncoding('utf8');
  stream.on('response', (headers) => {
    console.log(headers[':status']);
    stream.on('data', (text) => console.log(text));
  });
  stream.on('close', () => {
    client.close();
    server.close();
  });
});
