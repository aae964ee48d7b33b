// Heads of responses, as they go over the wire.
const http = require('node:http');
const { duplexPair } = require('node:stream');

function serve(act, { method = 'GET', version = '1.1', headers = '' } = {}) {
  return new Promise((resolve) => {
    const server = http.createServer((request, response) => act(response));
    const [client, side] = duplexPair();
    let text = '';
    client.setEncoding('latin1').on('data', (data) => text += data).on('end', () => {
      console.log(JSON.stringify(text.replace(/Date: .*\r\n/, '')));
      resolve();
    });
    server.emit('connection', side);
    client.end(`${method} / HTTP/${version}\r\nHost: a\r\n${headers}\r\n`);
  });
}

(async () => {
  await serve((response) => response.end());
  await serve((response) => response.end('text'));
  await serve((response) => response.end('téxt'));
  await serve((response) => response.end(Buffer.from('bytes')));
  await serve((response) => {
    response.write('one');
    response.end('two');
  });
  await serve((response) => response.end('text'), { method: 'HEAD' });
  await serve((response) => {
    response.write('old');
    response.end();
  }, { version: '1.0' });
  await serve((response) => response.end('kept'), { version: '1.0', headers: 'Connection: keep-alive\r\n' });
  await serve((response) => {
    response.writeHead(204, 'Nothing', { 'X-A': [1, 2], 'Set-Cookie': ['a=1', 'b=2'] });
    response.end('not sent');
  });
  await serve((response) => {
    response.setHeader('A', 'set');
    response.writeHead(201, ['a', 'given', 'B', 'x', 'B', 'y']);
    response.end();
  });
  await serve((response) => {
    response.setHeader('Trailer', 'Sum');
    response.write('body');
    response.addTrailers({ Sum: '123' });
    response.end();
  });
  await serve((response) => {
    response.removeHeader('Connection');
    response.removeHeader('Transfer-Encoding');
    response.write('until the end');
    response.end();
  });
  await serve((response) => {
    response.sendDate = false;
    response.statusCode = 299;
    response.setHeader('Connection', 'close');
    response.end();
  });
  await serve((response) => {
    response.writeContinue();
    response.writeProcessing();
    response.writeEarlyHints({ link: '</a.css>; rel=preload; as=style', 'x-more': 'y' });
    response.end('done');
  });
})();
