// Whoever is concerned hears that nothing happens.
const http = require('node:http');

const server = http.createServer((request, response) => {
  if (request.url === '/response') response.setTimeout(30, (socket) => {
    console.log('response timed out', socket === request.socket);
    response.end('late');
  });
});
server.listen(0, '127.0.0.1', () => {
  const port = server.address().port;
  http.get({ host: '127.0.0.1', port, path: '/response', agent: false }, (response) => {
    response.setEncoding('utf8').on('data', console.log).on('end', () => {
      const request = http.get({ host: '127.0.0.1', port, path: '/never', timeout: 30 });
      request.on('timeout', () => {
        console.log('request timed out');
        request.destroy();
      }).on('error', (error) => {
        console.log(error.code);
        server.close();
        server.closeAllConnections();
      });
    });
  });
});
