'use strict';
// Requests and responses over TLS: bodies, trailers, pushes, many at once, aborts, HTTP/1 on the same port.
process.removeAllListeners('warning');
const http2 = require('http2'), fs = require('fs'), crypto = require('crypto');
const server = http2.createSecureServer({ key: fs.readFileSync(__dirname + '/' + 'server-key.pem'), cert: fs.readFileSync(__dirname + '/' + 'server.pem'), allowHTTP1: true }, (req, res) => {
  if (req.url === '/sum') { const h = crypto.createHash('sha1'); let n = 0; req.on('data', (d) => { n += d.length; h.update(d) }); req.on('end', () => { res.setHeader('x-len', n); res.setTrailer('x-t', 'v'); res.end(h.digest('hex')) }); return; }
  if (req.url === '/down') { res.writeHead(200, { 'content-type': 'application/octet-stream' }); let i = 0; (function w() { while (i < 400) { i++; if (!res.write(Buffer.alloc(50000, i % 256))) return res.once('drain', w) } res.end() })(); return; }
  if (req.url === '/push') { res.createPushResponse({ ':path': '/pushed' }, (e, p) => { if (e) return res.end(e.code); p.setHeader('x-p', '1'); p.end('pushed body'); res.end('main') }); return; }
  res.statusCode = 201; res.setHeader('X-A', 'b'); res.setHeader('connection', 'close'); res.end(`${req.httpVersion} ${req.method} ${req.url} ${req.headers.host ?? req.authority} ${req.socket.encrypted}`);
});
server.on('error', (e) => console.log('server error', e)); server.on('sessionError', (e) => console.log('sessionError', e.message));

const https = require('https');
const ca = fs.readFileSync(__dirname + '/ca.pem');
server.listen(0, () => {
const { port } = server.address();
const c = http2.connect(`https://localhost:${port}`, { ca, rejectUnauthorized: false });
let told;
c.on('error', (e) => console.log('session error', e));
const one = (h, body) => new Promise((ok) => { const r = c.request(h); let n = 0; const hash = crypto.createHash('sha1'); let head, tr; let text = ''; r.on('response', (h) => head = h[':status'] + ' ' + (h['x-a'] ?? h['x-len'] ?? '')); r.on('trailers', (t) => tr = t['x-t']); r.on('data', (d) => { n += d.length; hash.update(d); if (text.length < 60) text += d.toString('latin1').slice(0, 60) }); r.on('end', () => ok([head, n, n > 1000 ? hash.digest('hex') : text, tr])); r.on('error', (e) => ok(e.code)); if (body) body(r); });
(async () => {
  const shown = (list) => JSON.stringify(list).replaceAll(String(port), 'PORT');
  console.log(shown(await one({ ':path': '/x' })));
  const big = Buffer.alloc(5e6, 'abcdefg'); console.log(await one({ ':path': '/sum', ':method': 'POST' }, (r) => r.end(big)), crypto.createHash('sha1').update(big).digest('hex'));
  console.log(await one({ ':path': '/down' }));
  console.log(shown(await Promise.all(Array.from({ length: 300 }, (_, i) => one({ ':path': '/' + i }))).then((l) => [l.length, new Set(l.map((x) => x[0])).size, l[299]])));
  c.on('stream', (s, h) => { let t = ''; let p; s.on('push', (head) => { p = [head[':status'], head['x-p']]; }); s.on('data', (d) => t += d); s.on('end', () => { told = ['pushed', h[':path'], t, p]; }) });
  const pushed = new Promise((ok) => c.once('stream', (s) => s.on('close', ok)));
  console.log(await one({ ':path': '/push' }));
  await pushed;
  console.log(told);
  const ac = new AbortController(); const r = c.request({ ':path': '/down' }, { signal: ac.signal }); r.on('error', (e) => console.log('aborted', e.name, r.rstCode)); r.once('data', () => ac.abort()); await new Promise((ok) => r.on('close', ok));
  c.close(); await new Promise((ok) => c.on('close', ok)); console.log('closed', c.destroyed);
  https.get({ port, ca, rejectUnauthorized: false, path: '/h1', agent: false }, (res) => { let t = ''; res.on('data', (d) => t += d); res.on('end', () => { console.log(res.statusCode, t.replace(port, 'PORT')); server.close(() => console.log('server closed')) }) }).on('error', (e) => { console.log('h1', e) });
})();
});
