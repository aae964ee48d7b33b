'use strict';
// A pool of connections, a streamed body, an error status, a mock.
const http = require('http');
const { Pool, request, MockAgent, errors } = require('undici');

const server = http.createServer((req, res) => {
  if (req.url === '/slow') return void setTimeout(() => res.end('late'), 5000).unref();
  let length = 0;
  req.on('data', (chunk) => (length += chunk.length));
  req.on('end', () => {
    res.writeHead(req.url === '/bad' ? 500 : 200, { 'content-type': 'application/json' });
    res.end(JSON.stringify({ method: req.method, url: req.url, length }));
  });
}).listen(0, '127.0.0.1', async () => {
  const origin = `http://127.0.0.1:${server.address().port}`;
  const pool = new Pool(origin, { connections: 2 });
  const all = await Promise.all([1, 2, 3, 4].map(async (n) => {
    const { statusCode, body } = await pool.request({ path: `/${n}`, method: 'PUT', body: 'x'.repeat(n * 1000) });
    return [statusCode, await body.json()];
  }));
  for (const one of all) console.log(JSON.stringify(one));
  const bad = await request(`${origin}/bad`);
  console.log(bad.statusCode, bad.headers['content-type'], await bad.body.text());
  try {
    await pool.request({ path: '/slow', method: 'GET', signal: AbortSignal.timeout(30) });
  } catch (error) {
    console.log(error.name);
  }
  await pool.destroy();
  const agent = new MockAgent();
  agent.disableNetConnect();
  agent.get('http://nowhere.test').intercept({ path: '/x' }).reply(200, { mocked: true });
  const mocked = await request('http://nowhere.test/x', { dispatcher: agent });
  console.log(await mocked.body.json());
  console.log(await request('http://nowhere.test/y', { dispatcher: agent }).catch((error) => error.name));
  console.log(typeof errors.UndiciError);
  server.closeAllConnections();
  server.close();
});
