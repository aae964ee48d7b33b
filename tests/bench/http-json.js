// A JSON API with bodies of 1 KB both ways, over kept connections.
const http = require('http');
const REQUESTS = 8_000;
const AT_ONCE = 32;
const agent = new http.Agent({ keepAlive: true, maxSockets: AT_ONCE });
const body = JSON.stringify({ list: Array.from({ length: 100 }, (_, n) => n), text: 'x'.repeat(700) });
const server = http.createServer((request, response) => {
  const parts = [];
  request.on('data', (part) => parts.push(part));
  request.on('end', () => {
    const value = JSON.parse(Buffer.concat(parts));
    response.setHeader('Content-Type', 'application/json');
    response.end(JSON.stringify({ sum: value.list.reduce((a, b) => a + b), text: value.text }));
  });
}).listen(0, '127.0.0.1', () => {
  const options = { agent, port: server.address().port, host: '127.0.0.1', method: 'POST', path: '/', headers: { 'Content-Length': body.length } };
  const start = process.hrtime.bigint();
  let asked = 0;
  let answered = 0;
  const ask = () => {
    if (asked++ >= REQUESTS) return;
    http.request(options, (response) => {
      response.resume();
      response.on('end', () => {
        if (++answered === REQUESTS) {
          console.log('ms', Number(process.hrtime.bigint() - start) / 1e6);
          agent.destroy();
          server.close();
        } else {
          ask();
        }
      });
    }).end(body);
  };
  for (let i = 0; i < AT_ONCE; i++) ask();
});
