// Clients that send a byte now and then are not waited for without end; those that go away in the middle leave nothing.
const http = require('http');
const net = require('net');

function serve(options, handle) {
  return new Promise((resolve) => {
    const server = http.createServer({ connectionsCheckingInterval: 20, ...options }, handle ?? ((request, response) => {
      request.on('error', (error) => console.log('request error', error.code));
      request.on('end', () => response.end('ok')).resume();
    }));
    server.listen(0, '127.0.0.1', () => resolve(server));
  });
}
const ask = (server, begin, dripping) => new Promise((resolve) => {
  const socket = net.connect(server.address().port, '127.0.0.1');
  let answer = '';
  socket.setEncoding('latin1').on('data', (chunk) => { answer += chunk; });
  socket.on('error', () => {});
  const timer = dripping === undefined ? undefined : setInterval(() => socket.write(dripping), 15);
  socket.on('close', () => {
    clearInterval(timer);
    resolve(answer.split('\r\n').filter((line) => /^HTTP|^Connection/.test(line)).join(', ') || 'nothing');
  });
  socket.write(begin);
});

(async () => {
  let server = await serve({ headersTimeout: 100, requestTimeout: 0 });
  console.log('slow headers:', await ask(server, 'GET / HTTP/1.1\r\nHost: a\r\n', 'X: y\r\n'));
  console.log('nothing at all:', await ask(server, ''));
  server.close();

  server = await serve({ requestTimeout: 100, headersTimeout: 50 });
  console.log('slow body:', await ask(server, 'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\n', 'x'));
  server.close();

  server = await serve({ keepAliveTimeout: 50, keepAliveTimeoutBuffer: 0 });
  console.log('kept, then nothing:', await ask(server, 'GET / HTTP/1.1\r\nHost: a\r\n\r\n'));
  server.close();

  server = await serve({}, () => {});
  server.setTimeout(50, (socket) => { console.log('server timeout'); socket.destroy(); });
  console.log('no answer:', await ask(server, 'GET / HTTP/1.1\r\nHost: a\r\n\r\n'));
  server.close();

  const gone = Promise.withResolvers();
  server = await serve({}, (request, response) => {
    request.on('aborted', () => console.log('aborted'));
    request.on('error', (error) => console.log('request', error.code, error.message));
    request.on('close', () => console.log('request closed, complete:', request.complete));
    response.on('close', () => { console.log('response closed, finished:', response.writableFinished); gone.resolve(); });
    request.once('data', () => socket.resetAndDestroy());
  });
  const socket = net.connect(server.address().port, '127.0.0.1');
  socket.write('POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\nhalf');
  await gone.promise;
  server.getConnections((error, count) => { console.log('connections left', count); server.close(); });
  server.on('close', async () => {
    const cut = net.createServer((peer) => { peer.on('error', () => {}); peer.once('data', () => peer.write('HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf', () => peer.resetAndDestroy())); });
    cut.listen(0, '127.0.0.1', () => {
      http.get({ port: cut.address().port, host: '127.0.0.1', agent: false }, (response) => {
        response.on('error', (error) => console.log('response', error.code, error.message));
        response.on('close', () => { console.log('complete:', response.complete); cut.close(); });
        response.resume();
      }).on('error', (error) => { console.log('client', error.code); cut.close(); });
    });
  });
})();
