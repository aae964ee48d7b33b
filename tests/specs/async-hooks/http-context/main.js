'use strict';

// Answers come in the context of their request, although requests share a connection and wait for each other.

const { AsyncLocalStorage, createHook } = require('async_hooks');
const http = require('http');

const storage = new AsyncLocalStorage();
const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
const sockets = new Set();

const server = http.createServer((request, response) => response.end(request.url));
server.listen(0, '127.0.0.1', async () => {
  await Promise.all(['a', 'b', 'c'].map((name) => storage.run(name, ask, name)));
  console.log('sockets', sockets.size);
  await storage.run('d', ask, 'd');

  const told = { HTTPCLIENTREQUEST: 0, HTTPINCOMINGMESSAGE: 0 };
  const ids = new Map();
  const hook = createHook({
    init(id, type) {
      if (!(type in told)) return;
      told[type]++;
      ids.set(id, type);
    },
    destroy(id) {
      if (ids.has(id)) told[`${ids.get(id)} destroyed`] = (told[`${ids.get(id)} destroyed`] ?? 0) + 1;
    },
  }).enable();
  await storage.run('e', ask, 'e');
  await storage.run('f', ask, 'f');
  agent.destroy();
  server.close(() => setTimeout(() => {
    hook.disable();
    console.log(told);
  }, 20));
});

function ask(name) {
  return new Promise((resolve) => {
    const request = http.get({ agent, host: '127.0.0.1', port: server.address().port, path: `/${name}` });
    request.on('socket', (socket) => {
      sockets.add(socket);
      console.log(name, 'socket', storage.getStore());
    });
    request.on('response', (response) => {
      console.log(name, 'response', storage.getStore());
      response.setEncoding('utf8').on('data', (text) => console.log(name, text, storage.getStore()));
      response.on('end', () => {
        console.log(name, 'end', storage.getStore());
        setImmediate(resolve);
      });
    });
  });
}
