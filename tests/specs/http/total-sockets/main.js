// The limit for all hosts together: everybody is served in the end.
const http = require('node:http');

const agent = new http.Agent({ keepAlive: true, maxTotalSockets: 2 });
let most = 0;
let left = 8;
const servers = [1, 2].map(() => http.createServer((request, response) => response.end('ok')));
let listening = 0;
for (const server of servers) {
  server.listen(0, '127.0.0.1', () => {
    if (++listening === 2) begin();
  });
}
function begin() {
  for (const server of servers) {
    for (let i = 0; i < 4; i++) {
      http.get({ agent, host: '127.0.0.1', port: server.address().port }, (response) => {
        most = Math.max(most, Object.values(agent.sockets).flat().length);
        response.resume().on('end', () => {
          if (--left > 0) return;
          console.log('all served', most <= 2);
          agent.destroy();
          for (const one of servers) one.close();
        });
      });
    }
  }
}
