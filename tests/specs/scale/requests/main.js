'use strict';

// Many requests one after the other, over one connection and over one each: no handle and no memory is left. The full
// size: `loopscope-node --expose-gc main.js 100000`.

const fs = require('fs');
const http = require('http');

const count = Number(process.argv[2] ?? 5000);
const kept = new http.Agent({ keepAlive: true, maxSockets: 1 });
const descriptors = () => fs.readdirSync('/proc/self/fd').length;
const settle = () => new Promise((resolve) => {
  setTimeout(() => setImmediate(resolve), 20);
});

const server = http.createServer((request, response) => {
  request.resume().on('end', () => response.end(`answer to ${request.url}`));
});

function ask(port, agent, number) {
  return new Promise((resolve, reject) => {
    const request = http.request({ port, host: '127.0.0.1', path: `/${number}`, method: 'POST', agent }, (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (text) => { body += text; });
      response.on('end', () => {
        if (body === `answer to /${number}`) resolve();
        else reject(new Error(`${number}: ${body}`));
      });
    });
    request.on('error', reject).end('question');
  });
}

async function measure() {
  await settle();
  gc();
  await settle();
  gc();
  return { heap: process.memoryUsage().heapUsed, open: descriptors(), active: process.getActiveResourcesInfo().length };
}

async function run(name, port, agent, times) {
  // What is made once is made by the first few hundred.
  for (let i = 0; i < 500; i++) await ask(port, agent, i);
  const before = await measure();
  for (let i = 0; i < times; i++) await ask(port, agent, i);
  const after = await measure();
  console.log(name, 'handles', after.active - before.active, 'descriptors', after.open - before.open);
  const each = (after.heap - before.heap) / times;
  console.log(name, 'bytes left of each request below 200:', each < 200 || each);
}

server.listen(0, '127.0.0.1', async () => {
  const { port } = server.address();
  await run('one connection', port, kept, count);
  kept.destroy();
  await run('a connection each', port, false, Math.ceil(count / 5));
  server.close(() => setImmediate(() => {
    console.log('closed', process.getActiveResourcesInfo().filter((name) => name.includes('TCP')));
  }));
});
