// Answers that end too early, or are none.
const http = require('node:http');
const net = require('node:net');

function ask(answer) {
  return new Promise((resolve) => {
    const server = net.createServer((socket) => socket.on('error', () => {}).once('data', () => socket.end(answer)));
    server.listen(0, '127.0.0.1', () => {
      const request = http.get({ host: '127.0.0.1', port: server.address().port, agent: new http.Agent() }, (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (data) => text += data);
        response.on('error', (error) => console.log('response', error.code, error.message));
        response.on('end', () => console.log('end', response.httpVersion, text));
        response.on('close', () => console.log('closed', response.complete));
      });
      request.on('error', (error) => console.log('request', error.code, error.message, error.bytesParsed));
      request.on('close', () => server.close(resolve));
    });
  });
}
(async () => {
  await ask('');
  await ask('HTTP/1.1 200 OK\r\n\r\nuntil the end');
  await ask('HTTP/1.0 200 OK\r\n\r\nold');
  await ask('HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nshort');
  await ask('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello');
  await ask('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n');
  await ask('nonsense\r\n\r\n');
  await ask('HTTP/1.1 204 No Content\r\n\r\n');
})();
