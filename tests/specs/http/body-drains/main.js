// What a part of a body causes, microtasks too, runs before the body's end is told, so a listener added after an `await` hears of it.
const http = require('http');
const net = require('net');
const server = http.createServer(async (request, response) => {
  const seen = [];
  request.on('data', (chunk) => {
    seen.push(`data ${chunk}`);
    process.nextTick(() => seen.push('tick'));
    queueMicrotask(() => seen.push('microtask'));
  });
  await null;
  await null;
  request.on('end', () => { seen.push('end'); process.nextTick(() => seen.push('tick of end')); });
  request.on('close', () => { seen.push('close'); console.log(request.method, request.url, seen.join(', ')); response.end(); });
}).listen(0, '127.0.0.1', async () => {
  for (const body of ['Content-Length: 2\r\n\r\nab', 'Transfer-Encoding: chunked\r\n\r\n1\r\na\r\n1\r\nb\r\n0\r\n\r\n']) {
    await new Promise((resolve) => {
      const socket = net.connect(server.address().port, '127.0.0.1', () => {
        socket.write(`POST /whole HTTP/1.1\r\nHost: a\r\nConnection: close\r\n${body}`);
      });
      socket.resume();
      socket.on('close', resolve);
    });
  }
  server.close();
});
