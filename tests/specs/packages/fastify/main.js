'use strict';
// Schemas, hooks, an injected request and a real one.
const fastify = require('fastify')();

fastify.addHook('onRequest', async (request) => { request.began = true; });
fastify.get('/sum/:a/:b', {
  schema: {
    params: { type: 'object', properties: { a: { type: 'integer' }, b: { type: 'integer' } } },
    response: { 200: { type: 'object', properties: { sum: { type: 'integer' } } } },
  },
}, async ({ params: { a, b }, began }) => ({ sum: a + b, began }));
fastify.post('/echo', { schema: { body: { type: 'object', required: ['text'] } } }, async (request) => request.body);
fastify.get('/fails', async () => { throw new Error('on purpose'); });

async function main() {
  for (const [method, url, payload] of [
    ['GET', '/sum/2/3'], ['GET', '/sum/2/x'], ['POST', '/echo', { text: 'hi' }], ['POST', '/echo', { no: 1 }],
    ['GET', '/fails'], ['GET', '/nowhere'],
  ]) {
    const response = await fastify.inject({ method, url, payload });
    console.log(method, url, response.statusCode, response.headers['content-type'], response.body);
  }
  const address = await fastify.listen({ port: 0, host: '127.0.0.1' });
  const response = await fetch(`${address}/sum/40/2`);
  console.log(response.status, await response.json());
  await fastify.close();
}
main();
