// A server and two hundred requests to it.
const http = require('node:http');
const fs = require('node:fs/promises');
const agent = new http.Agent({ keepAlive: true, maxSockets: 10 });
const server = http.createServer(async (req, res) => {
  if (req.url.startsWith('/file')) {
    const text = await fs.readFile(__filename, 'utf8');
    res.setHeader('content-type', 'text/plain');
    res.end(text);
  } else if (req.method === 'POST') {
    let body = '';
    for await (const chunk of req) body += chunk;
    res.end(JSON.stringify({ got: body.length }));
  } else {
    setTimeout(() => res.end('hello ' + req.url), 2);
  }
});
function ask(path, body) {
  return new Promise((resolve, reject) => {
    const req = http.request({ port: server.address().port, path, agent, method: body ? 'POST' : 'GET' }, (res) => {
      let text = '';
      res.setEncoding('utf8').on('data', (part) => (text += part)).on('end', () => resolve(text));
    });
    req.on('error', reject);
    req.end(body);
  });
}
server.listen(0, async () => {
  const all = [];
  for (let i = 0; i < 200; i++) all.push(ask(i % 3 ? '/' + i : '/file', i % 5 ? null : 'x'.repeat(2000)));
  const texts = await Promise.all(all);
  console.log(texts.length, texts.reduce((a, b) => a + b.length, 0));
  agent.destroy();
  server.close(() => console.log('closed'));
});
