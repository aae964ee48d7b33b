'use strict';
// Streams on a plain connection: headers, bodies, trailers, resets, settings, pings.
const util = require('util');
const lines = { S: [], C: [] };
const log = (first, ...rest) => lines[/^(?:S |session)/.test(first) ? 'S' : 'C'].push(util.format(first, ...rest));
process.on('exit', () => console.log([...lines.S.sort(), ...lines.C].join('\n')));
const http2 = require('http2');
const clean = (h) => ({ ...h, [http2.sensitiveHeaders]: undefined, date: typeof h.date, ':authority': typeof h[':authority'] });
const server = http2.createServer({ settings: { maxConcurrentStreams: 50 } });
server.on('session', (s) => log('session', s.type, s.encrypted, s.alpnProtocol));
server.on('stream', (stream, headers, flags, raw) => {
  log('S headers', clean(headers), flags, Object.getPrototypeOf(headers), stream.id, stream.constructor.name, stream.pushAllowed);
  if (headers[':path'] === '/echo') { stream.respond({ ':status': 200, 'content-type': 'text/plain', 'x-a': ['1', '2'], 'set-cookie': ['a=1', 'b=2'] }, { waitForTrailers: true }); stream.on('wantTrailers', () => stream.sendTrailers({ 'x-trailer': 't' })); stream.pipe(stream); }
  else if (headers[':path'] === '/reset') stream.close(http2.constants.NGHTTP2_CANCEL);
  else if (headers[':path'] === '/big') { stream.respond({}); stream.end(Buffer.alloc(300000, 'x')); }
  else if (headers[':path'] === '/only') stream.respond({ ':status': 204 }, { endStream: true });
  else { stream.additionalHeaders({ ':status': 103, link: 'x' }); stream.respond({ ':status': 404 }); stream.end('no'); }
  stream.on('close', () => log('S close', stream.id, stream.rstCode, stream.sentHeaders && stream.sentHeaders[':status']));
  stream.on('error', (e) => log('S err', e.code));
});
server.listen(0, () => {
  const c = http2.connect(`http://localhost:${server.address().port}`);
  c.on('connect', (session, socket) => log('connect', session === c, socket.constructor.name, c.type));
  c.on('remoteSettings', (s) => lines.S.push(util.format('remoteSettings', s))); c.on('localSettings', (s) => lines.S.push(util.format('localSettings', s)));
  const get = (h, body) => new Promise((ok) => { const r = c.request(h); let n = 0, text = ''; r.on('headers', (h, f) => log('C headers', clean(h), f)); r.on('response', (h, f, raw) => log('C response', clean(h), f, raw.length)); r.on('trailers', (h, f) => log('C trailers', clean(h), f)); r.on('data', (d) => { n += d.length; text = (text + d).slice(0, 20) }); r.on('end', () => log('C end', n, text)); r.on('close', () => { log('C close', r.id, r.rstCode, r.closed, r.destroyed, r.aborted); ok() }); r.on('error', (e) => log('C error', e.code, e.message)); r.on('aborted', () => log('C aborted')); if (body !== undefined) r.end(body); });
  (async () => { await get({ ':path': '/none' }); await get({ ':path': '/echo', ':method': 'POST', 'X-Custom': 'v', cookie: 'a=b; c=d' }, 'hello'); await get({ ':path': '/big' }); await get({ ':path': '/only' }); await get({ ':path': '/reset' });
   await new Promise((ok) => c.ping(Buffer.from('12345678'), (e, d, p) => { log('ping', e, typeof d, p.toString()); ok() }));
   c.close(() => { log('closed'); server.close(() => log('server closed')) });
  })();
});
