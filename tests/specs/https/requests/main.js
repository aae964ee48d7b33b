// A server and an agent whose connections are encrypted.
const https = require('node:https');
const fs = require('node:fs');
const path = require('node:path');

const file = (name) => fs.readFileSync(path.join(__dirname, name));
const ca = file('ca.pem');
const server = https.createServer({ cert: file('server.pem'), key: file('server-key.pem') }, (request, response) => {
  let text = '';
  request.setEncoding('utf8').on('data', (data) => text += data).on('end', () => {
    response.end(`${request.method} ${request.url} ${text} ${request.socket.encrypted}`);
  });
});
function ask(agent, method, text) {
  return new Promise((resolve) => {
    const request = https.request({ agent, method, host: '127.0.0.1', port: server.address().port, path: '/p' }, (response) => {
      response.setEncoding('utf8').on('data', (data) => console.log(response.statusCode, data));
      response.on('end', () => setImmediate(() => {
        console.log('again', request.reusedSocket, request.socket.authorized, request.socket.alpnProtocol);
        resolve();
      }));
    });
    request.on('error', (error) => {
      console.log(error.code);
      resolve();
    });
    request.end(text);
  });
}
server.listen(0, '127.0.0.1', async () => {
  const agent = new https.Agent({ keepAlive: true, ca });
  await ask(agent, 'GET');
  await ask(agent, 'POST', 'body');
  agent.destroy();
  await ask(new https.Agent(), 'GET');
  await ask(new https.Agent({ rejectUnauthorized: false }), 'GET');
  server.close(() => console.log('closed'));
});
