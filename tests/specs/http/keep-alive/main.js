// An agent uses its connections again.
const http = require('node:http');

let connections = 0;
const server = http.createServer((request, response) => response.end(request.url));
server.on('connection', () => connections++);

function get(agent, path) {
  return new Promise((resolve) => {
    const request = http.get({ agent, host: '127.0.0.1', port: server.address().port, path }, (response) => {
      response.setEncoding('utf8');
      let text = '';
      response.on('data', (data) => text += data);
      response.on('end', () => setImmediate(() => resolve(`${text} ${request.reusedSocket} ${response.headers.connection}`)));
    });
  });
}

server.listen(0, '127.0.0.1', async () => {
  const agent = new http.Agent({ keepAlive: true, maxSockets: 2, maxFreeSockets: 1 });
  console.log(await get(agent, '/1'));
  console.log(await get(agent, '/2'), connections);
  const all = await Promise.all(['/a', '/b', '/c', '/d'].map((path) => get(agent, path)));
  console.log(all.length, connections);
  const name = agent.getName({ host: '127.0.0.1', port: server.address().port });
  console.log(agent.freeSockets[name].length, Object.keys(agent.sockets).length, Object.keys(agent.requests).length, agent.totalSocketCount);
  agent.destroy();
  connections = 0;
  const single = new http.Agent();
  console.log(await get(single, '/x'), await get(single, '/y'), connections);
  console.log(new http.Agent().getName({ host: 'h', port: 1, localAddress: 'l', family: 6, socketPath: '/s' }));
  server.close(() => console.log('closed'));
});
