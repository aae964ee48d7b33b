// The Web's Request and Response on a Node.js server.
import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import { cors } from 'hono/cors';
import { HTTPException } from 'hono/http-exception';

const app = new Hono();
app.use('/api/*', cors());
app.get('/api/hello/:name', (c) => c.json({ hello: c.req.param('name'), q: c.req.query('q') ?? null }));
app.post('/api/upper', async (c) => c.text((await c.req.text()).toUpperCase()));
app.get('/api/secret', () => { throw new HTTPException(401, { message: 'who are you?' }); });
app.get('/stream', () => new Response(new ReadableStream({
  start(controller) {
    for (const part of ['one ', 'two ', 'three']) controller.enqueue(new TextEncoder().encode(part));
    controller.close();
  },
})));
app.notFound((c) => c.text('nothing here', 404));

const server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, async ({ port }) => {
  const base = `http://127.0.0.1:${port}`;
  for (const [path, init] of [
    ['/api/hello/world?q=1'], ['/api/upper', { method: 'POST', body: 'shout' }], ['/api/secret'], ['/stream'], ['/none'],
  ]) {
    const response = await fetch(base + path, init);
    console.log(path, response.status, response.headers.get('access-control-allow-origin'), await response.text());
  }
  server.close(() => console.log('closed'));
});
