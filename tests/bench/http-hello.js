// Requests over kept connections, server and clients in one process: 32 at a time.
const http = require('http');
const REQUESTS = 20_000;
const AT_ONCE = 32;
const agent = new http.Agent({ keepAlive: true, maxSockets: AT_ONCE });
const server = http.createServer((request, response) => response.end('hello')).listen(0, '127.0.0.1', () => {
  const options = { agent, port: server.address().port, host: '127.0.0.1', path: '/' };
  const start = process.hrtime.bigint();
  let asked = 0;
  let answered = 0;
  const ask = () => {
    if (asked++ >= REQUESTS) return;
    http.get(options, (response) => {
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
    });
  };
  for (let i = 0; i < AT_ONCE; i++) ask();
});
