'use strict';
// Frames that break the rules: each connection ends with the error that says so, the server lives on.
const http2 = require('http2'), net = require('net');
const server = http2.createServer((req, res) => res.end('x')); server.on('sessionError', (e) => console.log('sessionError', e.code, e.message));
const PRE = Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'); const F = (t, f, id, p = Buffer.alloc(0)) => { const h = Buffer.alloc(9); h.writeUIntBE(p.length, 0, 3); h[3] = t; h[4] = f; h.writeUInt32BE(id, 5); return Buffer.concat([h, p]) };
const S = F(4, 0, 0); const H = Buffer.from([0x82, 0x86, 0x84, 0x41, 0x01, 0x61]); // GET http / authority a
server.listen(0, async () => {
  const go = (name, ...bufs) => new Promise((ok) => { const s = net.connect(server.address().port); let got = Buffer.alloc(0); s.on('data', (d) => got = Buffer.concat([got, d])); const done = () => { const out = []; let at = 0; while (at + 9 <= got.length) { const l = got.readUIntBE(at, 3); const t = got[at + 3]; const p = got.subarray(at + 9, at + 9 + l); out.push(['DATA', 'HEADERS', 'PRIORITY', 'RST', 'SETTINGS', 'PUSH', 'PING', 'GOAWAY', 'WINDOW', 'CONT'][t] + (t === 7 ? ':' + p.readUInt32BE(4) : t === 3 ? ':' + p.readUInt32BE(0) : '')); at += 9 + l } console.log(name, name === 'rapid reset' ? '' : [...new Set(out)].join(' ')); ok(); s.destroy() }; s.on('error', () => {}); s.on('close', done); s.write(Buffer.concat(bufs)); setTimeout(() => s.destroy(), 300) });
  await go('garbage', Buffer.from('GET / HTTP/1.1\r\n\r\n'));
  await go('no settings', PRE, F(1, 5, 1, H));
  await go('fine', PRE, S, F(1, 5, 1, H));
  await go('even id', PRE, S, F(1, 5, 2, H));
  await go('data on idle', PRE, S, F(0, 0, 1, Buffer.from('x')));
  await go('bad hpack', PRE, S, F(1, 5, 1, Buffer.from([0xff, 0xff, 0xff, 0xff, 0xff, 0x7f])));
  await go('continuation alone', PRE, S, F(9, 4, 1, H));
  await go('interleaved', PRE, S, F(1, 1, 1, H), F(6, 0, 0, Buffer.alloc(8)));
  await go('cont flood', PRE, S, F(1, 1, 1, H), ...Array.from({ length: 2000 }, () => F(9, 0, 1, Buffer.alloc(1000))));
  await go('big frame', PRE, S, F(0, 0, 1, Buffer.alloc(20000)));
  await go('ping size', PRE, S, F(6, 0, 0, Buffer.alloc(7)));
  await go('ping', PRE, S, F(6, 0, 0, Buffer.alloc(8)));
  await go('window zero', PRE, S, F(8, 0, 0, Buffer.alloc(4)));
  await go('window over', PRE, S, F(8, 0, 0, Buffer.from([0x7f, 0xff, 0xff, 0xff])));
  await go('settings bad', PRE, F(4, 0, 0, Buffer.alloc(5)));
  await go('settings window', PRE, F(4, 0, 0, Buffer.from([0, 4, 0xff, 0xff, 0xff, 0xff])));
  await go('missing path', PRE, S, F(1, 5, 1, Buffer.from([0x82, 0x86])));
  await go('uppercase', PRE, S, F(1, 5, 1, Buffer.concat([H, Buffer.from([0, 1, 0x41, 1, 0x41])])));
  await go('rapid reset', PRE, S, ...Array.from({ length: 3000 }, (_, i) => Buffer.concat([F(1, 5, 2 * i + 1, H), F(3, 0, 2 * i + 1, Buffer.from([0, 0, 0, 8]))])));
  await go('push', PRE, S, F(5, 4, 1, Buffer.concat([Buffer.from([0, 0, 0, 2]), H])));
  await go('rst idle', PRE, S, F(3, 0, 1, Buffer.alloc(4)));
  await go('padding', PRE, S, F(1, 5 | 8, 1, Buffer.concat([Buffer.from([200]), H])));
  await go('many headers', PRE, S, F(1, 5, 1, Buffer.concat([H, ...Array.from({ length: 300 }, () => Buffer.from([0, 1, 0x61, 1, 0x61]))])));
  await go('goaway', PRE, S, F(7, 0, 0, Buffer.alloc(8)));
  await go('unknown type', PRE, S, F(99, 0, 0, Buffer.alloc(8)), F(1, 5, 1, H));
  server.close(() => console.log('closed'));
});
