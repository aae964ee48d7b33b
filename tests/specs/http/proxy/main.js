'use strict';

// Requests that go through a proxy: what it is sent, whom NO_PROXY spares, and what the tunnel's failures look like.
const http = require('http'), https = require('https');
const t = (f) => { try { console.log(f()); } catch (e) { console.log(e.name, e.code, e.message); } };
for (const u of ['socks5://x:1', 'ftp://x', 'x', '', 'http://a', 'http://256.256.256.256:1', 'http://u\r:p@h:1'])
  for (const M of [http]) t(() => { const a = new M.Agent({ proxyEnv: { HTTP_PROXY: u } }); return [u, Object.keys(a).filter((k) => /prox/i.test(k)), a.options.proxyEnv]; });
for (const p of [5, null, 'x', [], undefined]) t(() => new http.Agent({ proxyEnv: p }).options.proxyEnv);
t(() => http.setGlobalProxyFromEnv(5)); 
const before = http.globalAgent; const r = http.setGlobalProxyFromEnv({ http_proxy: 'http://localhost:1' }); console.log(http.globalAgent === before, http.globalAgent.options, typeof r, r.length, r.name); console.log(r()); console.log(http.globalAgent === before);
const r2 = http.setGlobalProxyFromEnv({ x: 1 }); console.log(http.globalAgent === before, https.globalAgent.options); r2();
(async () => {
  const proxy = http.createServer((q, s) => { hit = q.method + ' ' + q.url + ' ' + JSON.stringify(q.headers); s.end('p'); });
  proxy.on('connect', (q, s) => { hit = 'CONNECT ' + q.url + ' ' + JSON.stringify(q.headers) + q.rawHeaders; s.end('HTTP/1.1 500 No\r\nX: y\r\n\r\n'); });
  let hit; await new Promise((r) => proxy.listen(0, r)); const port = proxy.address().port;
  const strip = (x) => String(x).replaceAll(port, 'PORT');
  const go = (M, options, env, agentOptions) => new Promise((res) => {
    hit = undefined; const agent = new M.Agent({ proxyEnv: { HTTP_PROXY: `http://u%20s:p%3A@localhost:${port}`, HTTPS_PROXY: `http://u:p@localhost:${port}`, ...env }, ...agentOptions });
    let rq; try { rq = M.request({ agent, lookup: (h, o, c) => c(null, o.all ? [{ address: '127.0.0.1', family: 4 }] : '127.0.0.1', 4), ...options }, (rs) => { rs.resume(); rs.on('end', () => { res(strip(hit)); agent.destroy(); }); });
    } catch (e) { agent.destroy(); return res(strip(e.code + e.message)); } rq.on('error', (e) => { res(strip(`${hit} | ${e.code} ${e.message} ${JSON.stringify(e)}`)); agent.destroy(); }); rq.end();
  });
  console.log(await go(http, { host: 'a.test', path: '/x?y', port: 81 }));
  console.log(await go(http, { host: 'a.test', path: '/x' , headers: { 'Proxy-Connection': 'z', 'proxy-authorization': 'q', host: 'other' } }));
  console.log(await go(http, { host: 'a.test', path: '/x' }, {}, { keepAlive: true }));
  console.log(await go(http, { host: 'a.test', path: '/x', headers: ['host', 'a.test', 'x', 'y'] }, {}, { keepAlive: true }));
  console.log(await go(http, { host: '::1', path: '/x', method: 'POST' }));
  console.log(await go(https, { host: 'a.test', path: '/x' }));
  console.log(await go(https, { host: '::1', path: '/x', port: 444 }, {}, { keepAlive: true }));
  console.log(await go(https, { host: 'a.test', path: '/x', headers: {host: 'zz'} }));
  for (const no of ['*', 'a.test', 'A.TEST', '.test', 'test', '*.test', 'a.test:80', 'a.test:81', 'b.test, a.test', 'b.test a.test', ' a.test ', '*a.test', 'a.*', '', ',', '.a.test', '*.a.test'])
    console.log(JSON.stringify(no), (await go(http, { host: 'a.test', path: '/x', port: 80, timeout: 100 }, { NO_PROXY: no })).slice(0, 40));
  for (const no of ['10.0.0.0-10.0.0.9', '10.0.0.5', '10.0.0.0/8', '10.0.0.5:81', '10.0.0.6-10.0.0.9', '::1','[::1]', '10.*'])
    console.log(JSON.stringify(no), (await go(http, { host: '127.0.0.1', path: '/x', port: 1 }, { NO_PROXY: no.replaceAll('10.0.0.5', '127.0.0.1').replaceAll('10.0.0.', '127.0.0.').replace('10.','127.') })).slice(0, 40));
  for (const no of ['::1','[::1]', '::1-::2', '[::1]:1'])
    console.log(JSON.stringify(no), (await go(http, { host: '::1', path: '/x', port: 1 }, { NO_PROXY: no })).slice(0, 40));
  const undo = http.setGlobalProxyFromEnv({ http_proxy: `http://u:p@localhost:${port}`, https_proxy: `http://u:p@localhost:${port}` });
  console.log(await (await fetch('http://a.test:81/x', { method: 'POST', body: 'q' })).text(), strip(hit));
  await fetch('https://a.test/x').catch((error) => console.log(error.message, strip(hit)));
  undo();
  proxy.close(); proxy.closeAllConnections();
})();
