'use strict';

const http = require('http');
const crypto = require('crypto');
(async () => {
const log=console.log;
const s=http.createServer();
const frame=(op,buf,fin=true)=>{const b=Buffer.from(buf);const h=b.length<126?Buffer.from([(fin?128:0)|op,b.length]):Buffer.from([(fin?128:0)|op,126,b.length>>8,b.length&255]);return Buffer.concat([h,b])};
s.on('upgrade',(q,k)=>{log('up',q.url,q.headers['sec-websocket-protocol'],q.headers['sec-websocket-version']);
 if(q.url==='/bad'){k.end('HTTP/1.1 400 Bad Request\r\ncontent-length: 0\r\n\r\n');return}
 const acc=crypto.createHash('sha1').update(q.headers['sec-websocket-key']+'258EAFA5-E914-47DA-95CA-C5AB0DC85B11').digest('base64');
 k.write('HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: '+(q.url==='/key'?'zz':acc)+'\r\n'+(q.headers['sec-websocket-protocol']&&q.url!=='/nop'?'Sec-WebSocket-Protocol: b\r\n':'')+'\r\n');
 let buf=Buffer.alloc(0);k.on('error',()=>{});k.on('data',d=>{buf=Buffer.concat([buf,d]);for(;;){if(buf.length<2)return;let len=buf[1]&127,o=2;if(len===126){len=buf.readUInt16BE(2);o=4}else if(len===127){len=Number(buf.readBigUInt64BE(2));o=10}if(buf.length<o+4+len)return;const m=buf.subarray(o,o+4);const p=Buffer.from(buf.subarray(o+4,o+4+len));for(let i=0;i<len;i++)p[i]^=m[i&3];const op=buf[0]&15;buf=buf.subarray(o+4+len);
  if(op===8){log('srv close',p.length>1?p.readUInt16BE(0):null,p.subarray(2).toString());k.write(frame(8,p));k.end();return}
  if(op===9||op===10){log('srv',op===9?'ping':'pong',p.toString());continue}
  const t=p.toString();
  if(t==='ping'){k.write(frame(9,'pp'))}else if(t==='frag'){k.write(frame(1,'ab',false));k.write(frame(9,'mid'));k.write(frame(0,'cd'))}else if(t==='close'){k.write(frame(8,[3,232,0x62,0x79,0x65]))}else if(t==='badutf'){k.write(frame(1,[0xff]))}else if(t==='rsv'){k.write(Buffer.from([0xf1,0]))}else if(t==='masked'){k.write(Buffer.from([0x81,0x80,1,2,3,4]))}else if(t==='die'){k.destroy()}else if(t==='empty'){k.write(frame(8,[]))}else k.write(frame(op,p.length>1000?String(p.length):p))}})});
await new Promise(r=>s.listen(0,'127.0.0.1',r));const b='ws://127.0.0.1:'+s.address().port;
const run=(path,protos,sends,bt)=>new Promise(res=>{const w=new WebSocket(b+path,protos);if(bt)w.binaryType=bt;log(w.readyState,w.binaryType,w.bufferedAmount,w.url.replace(/\d{4,}/,'P'));w.onopen=e=>{log('open',e.type,w.readyState,w.protocol,w.extensions);for(const x of sends)if(typeof x==='function')x(w);else w.send(x)};
 w.onmessage=e=>{log('msg',e.constructor.name,typeof e.data==='string'?e.data:e.data,e.origin.replace(/\d{4,}/,'P'),e.lastEventId);if(w.done-->1)return;if(w.done===0)w.close(1000,'fin')};w.done=sends.filter(x=>typeof x!=='function').length;
 w.onerror=e=>log('error',e.constructor.name,e.type,e.message,e.error&&e.error.name,e.error&&e.error.message);w.onclose=e=>{log('close',e.constructor.name,e.code,e.reason,e.wasClean,w.readyState);res()}});
await run('/bad',[],[]);await run('/key',[],[]);
for(const t of ['close','empty'])await run('/'+t,[],[w=>w.send(t)]);
{const w=new WebSocket(b+'/early');try{w.send('x')}catch(e){log(e.name,e.code,e.message)}try{w.close(1001)}catch(e){log(e.name,e.code,e.message)}try{w.close(1000,'x'.repeat(200))}catch(e){log(e.name,e.code,e.message)}w.binaryType='q';log(w.binaryType);try{w.send()}catch(e){log(e.name,e.code,e.message)}w.onerror=e=>log('err',e.message);await new Promise(r=>{w.onclose=e=>{log('early',e.code,e.wasClean);r()};w.close()})}
s.close();s.closeAllConnections();
})();
