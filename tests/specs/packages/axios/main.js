'use strict';
const http = require('http');
const axios = require('axios');

const server = http.createServer(async (req, res) => {
  let body = '';
  for await (const chunk of req) body += chunk;
  if (req.url === '/old') return res.writeHead(302, { location: '/new' }).end();
  res.writeHead(req.url.startsWith('/fail') ? 422 : 200, { 'content-type': 'application/json' });
  res.end(JSON.stringify({ url: req.url, method: req.method, type: req.headers['content-type'], body }));
}).listen(0, '127.0.0.1', async () => {
  const api = axios.create({ baseURL: `http://127.0.0.1:${server.address().port}`, proxy: false });
  api.interceptors.request.use((config) => {
    config.headers['x-from'] = 'interceptor';
    return config;
  });
  console.log((await api.get('/a', { params: { q: [1, 2], s: 'x y' } })).data);
  console.log((await api.post('/b', { deep: { n: 1 } })).data);
  console.log((await api.post('/c', new URLSearchParams({ k: 'v' }))).data);
  console.log((await api.get('/old')).data);
  try {
    await api.get('/fail');
  } catch (error) {
    console.log(error.name, error.code, error.message, error.response.status, error.response.data.url);
  }
  try {
    await api.get('/never', { signal: AbortSignal.abort() });
  } catch (error) {
    console.log(error.name, error.code);
  }
  server.closeAllConnections();
  server.close();
});
