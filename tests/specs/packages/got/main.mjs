import http from 'node:http';
import { pipeline } from 'node:stream/promises';
import got, { HTTPError } from 'got';

let tries = 0;
const server = http.createServer((req, res) => {
  if (req.url === '/retry' && ++tries < 3) return res.writeHead(503).end();
  if (req.url === '/missing') return res.writeHead(404).end('no');
  res.setHeader('content-type', 'application/json');
  res.end(JSON.stringify({ url: req.url, tries }));
}).listen(0, '127.0.0.1', async () => {
  const prefixUrl = `http://127.0.0.1:${server.address().port}`;
  const client = got.extend({ prefixUrl, retry: { limit: 3, calculateDelay: ({ computedValue }) => computedValue && 5 } });
  console.log(await client('json', { searchParams: { a: 1 } }).json());
  console.log(await client('retry').json());
  try {
    await client('missing');
  } catch (error) {
    console.log(error instanceof HTTPError, error.code, error.response.statusCode, error.response.body);
  }
  let text = '';
  await pipeline(client.stream('streamed'), async (source) => {
    for await (const chunk of source) text += chunk;
  });
  console.log(text);
  server.close();
});
