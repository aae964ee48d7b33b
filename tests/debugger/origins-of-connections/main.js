const http = require('http');
function serve() {
  const server = http.createServer(function onRequest(request, response) {
    debugger;
    response.end('done');
  });
  server.listen(0, '127.0.0.1', () => ask(server));
}
function ask(server) {
  const request = http.get({ host: '127.0.0.1', port: server.address().port, agent: false });
  request.on('response', function onResponse(response) {
    debugger;
    response.resume();
    server.close();
  });
}
serve();
