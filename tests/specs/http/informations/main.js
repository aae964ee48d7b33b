// Answers before the answer.
const http = require('node:http');

const server = http.createServer();
server.on('request', (request, response) => {
  response.writeEarlyHints({ link: '</a.css>; rel=preload' });
  response.writeProcessing();
  response.end('the answer');
});
server.on('checkContinue', (request, response) => {
  console.log('asks first', request.headers.expect);
  response.writeContinue();
  request.setEncoding('utf8').on('data', (text) => console.log('body', text)).on('end', () => server.emit('request', request, response));
});
server.listen(0, '127.0.0.1', () => {
  const request = http.request({ host: '127.0.0.1', port: server.address().port, method: 'POST', headers: { Expect: '100-continue' } });
  request.on('continue', () => {
    console.log('continue');
    request.end('the body');
  });
  request.on('information', ({ statusCode, statusMessage, headers, httpVersion }) => console.log(statusCode, statusMessage, headers, httpVersion));
  request.on('response', (response) => {
    response.setEncoding('utf8').on('data', (text) => console.log(response.statusCode, text)).on('end', () => server.close());
  });
  request.flushHeaders();
});
