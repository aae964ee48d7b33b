'use strict';
// Middleware around middleware, an error, a stream as body.
const http = require('http');
const { Readable } = require('stream');
const Koa = require('koa');

const app = new Koa();
app.on('error', (error) => console.log('app error:', error.message));
app.use(async (ctx, next) => {
  await next();
  ctx.set('x-seen', `${ctx.method} ${ctx.path} ${ctx.status}`);
});
app.use(async (ctx) => {
  switch (ctx.path) {
    case '/json': ctx.body = { query: ctx.query, accepts: ctx.accepts('json', 'html') }; break;
    case '/stream': ctx.body = Readable.from(['a', 'b', 'c']); ctx.type = 'text/plain'; break;
    case '/throw': ctx.throw(418, 'a teapot');
    case '/broken': throw new Error('broken');
  }
});
const server = app.listen(0, '127.0.0.1', async () => {
  for (const path of ['/json?a=1&b=2', '/stream', '/throw', '/broken', '/none']) await get(path);
  server.close();
});

function get(path) {
  return new Promise((resolve) => {
    http.get({ port: server.address().port, host: '127.0.0.1', path }, async (response) => {
      response.setEncoding('utf8');
      let text = '';
      for await (const chunk of response) text += chunk;
      console.log(path, response.statusCode, response.headers['content-type'], response.headers['x-seen'], text);
      resolve();
    });
  });
}
