// An HTTP server and its clients, for a minute: what windows are opened for.
const http = require('node:http');
const end = performance.now() + 60_000;
const server = http.createServer((request, response) => response.end('hello'));
server.listen(0, () => {
  const agent = new http.Agent({ keepAlive: true });
  let open = 32;
  const ask = () => {
    if (performance.now() > end) {
      open -= 1;
      if (open === 0) (agent.destroy(), server.close());
      return;
    }
    http.get({ port: server.address().port, agent }, (response) => response.resume().on('end', ask));
  };
  for (let client = 0; client < 32; client++) ask();
});
