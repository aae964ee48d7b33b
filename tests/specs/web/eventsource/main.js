const http = require('http');

const t = (f) => { try { console.log(f()); } catch (e) { console.log(e.name, e.code, e.message); } };
for (const k of Reflect.ownKeys(EventSource)) { const d = Object.getOwnPropertyDescriptor(EventSource, k); console.log(k, typeof d.value, k.length > 6 || k === "OPEN" ? d.value : "", d.enumerable, d.configurable, d.writable); }
for (const k of Reflect.ownKeys(EventSource.prototype)) { const d = Object.getOwnPropertyDescriptor(EventSource.prototype, k); console.log(k, typeof d.value, typeof d.get, typeof d.set, d.enumerable, d.configurable, d.writable); }
{ const { value, ...f } = Object.getOwnPropertyDescriptor(globalThis, "EventSource"); console.log(f); }
const bodies = {
  '/a': ': comment\n\ndata: one\n\ndata: two\ndata:two b\nid: 7\nevent: special\n\nretry: 20\nid\ndata\n\ndata: unfinished',
  '/crlf': '\ufeffdata: x\r\ndata: y\r\rdata:z\n\nevent: foo\n\ndata: last\nid: a\0b\n\n',
};
let n = 0;
const server = http.createServer((q, s) => {
  console.log('request', q.method, q.url, q.headers.accept, q.headers['cache-control']);
  if (q.url === '/redirect') { s.writeHead(302, { location: '/a' }); s.end(); return; }
  if (q.url === '/204') { s.writeHead(204); s.end(); return; }
  if (q.url === '/500') { s.writeHead(500); s.end(); return; }
  if (q.url === '/type') { s.writeHead(200, { 'content-type': 'text/plain' }); s.end('data: x\n\n'); return; }
  if (q.url === '/type2') { s.writeHead(200, { 'content-type': 'text/event-stream; charset=latin1' }); s.end('data: x\n\n'); return; }
  s.writeHead(200, { 'content-type': 'text/event-stream' }); s.end(bodies[q.url]);
}).listen(0, async () => {
  const base = `http://127.0.0.1:${server.address().port}`;
  for (const p of ['/a', '/crlf', '/redirect', '/204', '/500', '/type', '/type2', '/close']) {
    console.log('---', p);
    await new Promise((done) => {
      const es = new EventSource(base + p, p === '/crlf' ? { withCredentials: true, node: { reconnectionTime: 20 } } : undefined);
      console.log(es.readyState, es.withCredentials, es.url === base + p);
      let errors = 0;
      const show = (e) => console.log(e.type, e.constructor.name, JSON.stringify(e.data), JSON.stringify(e.lastEventId), e.origin === base, e.isTrusted, e.ports, e.source);
      es.onopen = (e) => console.log('open', e.constructor.name, es.readyState);
      es.onmessage = show; es.addEventListener('special', show); es.addEventListener('foo', show);
      es.onerror = (e) => { console.log('error', e.constructor.name, e.message, es.readyState); if (++errors === 2 || es.readyState === 2) { es.close(); console.log(es.readyState); done(); } };
      if (p === '/close') { es.close(); console.log(es.readyState); setTimeout(done, 20); }
    });
  }
  const es = new EventSource('http://127.0.0.1:1/'); es.onerror = (e) => { console.log('refused', e.message, e.error, es.readyState); es.close(); server.close(); server.closeAllConnections(); };
  console.log(es, String(es.onmessage));
});
