const http = require('http');
const log = (...a) => console.log(...a);
(async () => {
  for (const how of ['abort', 'normal', 'destroyReq', 'late', 'early-read', 'clientres', 'clientabort','sockdestroy']) {
    await new Promise((done) => {
      const server = http.createServer((req, res) => {
        if (how !== 'late') {
          const s = req.signal; log(how, 'first', s.aborted, s === req.signal);
          s.onabort = () => log(how, 'onabort', s.reason.name, s.reason.code, s.reason.message);
        }
        if (how === 'abort' || how === 'late') { req.on('close', () => log(how, 'req close', req.aborted, req.signal.aborted)); setTimeout(() => client.destroy(), 20); }
        else if (how === 'destroyReq') { req.on('error', () => {}); req.destroy(new Error('x')); }
        else if (how === 'sockdestroy') { req.on('error', () => {}); req.socket.destroy(); }
        else if (how === 'early-read') { req.resume(); req.on('end', () => { log(how, 'end', req.signal.aborted); setTimeout(() => { log(how, 'later', req.signal.aborted); res.end('ok'); }, 20); }); res.on('close', () => log(how, 'res close', req.signal.aborted)); }
        else if (how === 'clientabort') { res.write('a'); }
        else { res.end('ok'); res.on('close', () => setTimeout(()=>log(how, 'res close', req.signal.aborted),10)); }
      });
      let client;
      server.listen(0, () => {
        client = http.request({ port: server.address().port, agent: false, method: how === 'early-read' ? 'POST' : 'GET' });
        client.on('error', (e) => log(how, 'client error', e.code));
        client.on('response', (r) => {
          if (how === 'clientres' || how === 'normal') { const s = r.signal; log(how, 'client signal', s.aborted); r.on('close', () => setTimeout(() => log(how, 'client closed', s.aborted), 10)); }
          if (how === 'clientabort') { const s = r.signal; s.onabort = () => log(how, 'client onabort', s.reason.name); r.on('error', () => {}); r.destroy(); }
          r.resume();
        });
        client.on('close', () => { setTimeout(() => { server.close(done); server.closeAllConnections(); }, 60); });
        client.end(how === 'early-read' ? 'body' : undefined);
      });
    });
  }
  const m = new http.IncomingMessage(); log(m.signal.aborted); m.destroy(); log(m.signal.aborted); setTimeout(()=>log(m.signal.aborted),5);
  const m2 = new http.IncomingMessage(); m2.destroy(); log(m2.signal.aborted);
  const m3 = new http.IncomingMessage(); m3.on('close',()=>log('m3',m3.signal.aborted)); m3.push(null); m3.resume();
  log(Object.getOwnPropertyDescriptor(http.IncomingMessage.prototype, 'signal'));
})();
