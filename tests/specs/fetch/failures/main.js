'use strict';

const http = require('http');
(async () => {
const log=console.log;
const s=http.createServer((q,r)=>{const u=q.url;if(u==='/h'){r.end(JSON.stringify([q.method,q.rawHeaders]));return}if(u==='/echo'){r.writeHead(200,{'content-type':'text/x'});q.pipe(r);return}if(u.startsWith('/r/')){r.writeHead(+u.slice(3),{location:'/h'});r.end();return}if(u==='/loop'){r.writeHead(302,{location:'/loop'});r.end();return}if(u==='/ck'){r.writeHead(200,'Fine',[['set-cookie','a=1'],['set-cookie','b=2'],['x-a','1']].flat());r.end();return}if(u==='/gz'){import('zlib').then(z=>{r.writeHead(200,{'content-encoding':'gzip'});r.end(z.gzipSync('zipped'))});return}if(u==='/slow'){r.write('a');return}if(u==='/cut'){r.writeHead(200,{'content-length':10});r.write('a');setTimeout(()=>r.destroy(),20);return}if(u==='/x'){r.destroy();return}if(u==='/chunks'){r.write('a');setTimeout(()=>{r.write('b');r.end()},20);return}r.statusCode=404;r.end('no')});
await new Promise(r=>s.listen(0,'127.0.0.1',r));const b=`http://127.0.0.1:${s.address().port}`;const clean=t=>String(t).replaceAll(String(s.address().port),'PORT').replace(/undici-\d+/g,'N');
const pr=async(n,f)=>{try{log(n,clean(await f()))}catch(e){log(n,'R',e.name,e.code,clean(e.message),e.cause&&[e.cause.name,e.cause.code,clean(e.cause.message)])}};
await pr('cut',async()=>{const r=await fetch(b+'/cut');return r.text()});await pr('x',()=>fetch(b+'/x'));
{const ac=new AbortController();await pr('ab',async()=>{const r=await fetch(b+'/slow',{signal:ac.signal});const t=r.text();setTimeout(()=>ac.abort(),10);return t})}
await pr('to',()=>fetch(b+'/slow',{signal:AbortSignal.timeout(50)}).then(r=>r.text()));
s.close();s.closeAllConnections();
})();
