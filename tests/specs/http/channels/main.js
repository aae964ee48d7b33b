// Diagnostics channels tell of requests.
const channel = require('node:diagnostics_channel');
const http = require('node:http');

for (const name of ['http.client.request.created', 'http.client.request.start', 'http.client.response.finish',
  'http.server.request.start', 'http.server.response.finish']) {
  channel.subscribe(name, (message) => console.log(name, Object.keys(message).sort().join()));
}
channel.subscribe('http.client.request.error', ({ error }) => console.log('error', error.code));
const server = http.createServer((request, response) => response.end('ok'));
server.listen(0, '127.0.0.1', () => {
  const { port } = server.address();
  http.get({ host: '127.0.0.1', port, agent: false }, (response) => {
    response.resume().on('end', () => server.close(() => {
      http.get({ host: '127.0.0.1', port, agent: false }).on('error', (error) => console.log(error.code));
    }));
  });
});
