'use strict';

const { Readable, Writable, Duplex, PassThrough } = require('stream');
const log = console.log;
(async () => {
{const r=Readable.from(['a','b']);const w=Readable.toWeb(r);for await(const x of w)log(x)}
{const r=Readable.from([Buffer.from('q')],{objectMode:false});const w=Readable.toWeb(r);for await(const x of w)log(x)}
{const r=Readable.fromWeb(new ReadableStream({start(c){c.enqueue('x');c.enqueue(Buffer.from('y'));c.close()}}));for await(const x of r)log(x)}
{const r=Readable.fromWeb(new ReadableStream({start(c){c.enqueue({a:1});c.close()}}),{objectMode:true});for await(const x of r)log(x)}
{const got=[];const w=Writable.fromWeb(new WritableStream({write(c){got.push(c)},close(){log('closed',got)}}));w.write('hi');await new Promise(r=>w.end('yo',r));log('fin')}
{const got=[];const nw=new Writable({write(c,e,cb){got.push(c.toString());cb()}});const w=Writable.toWeb(nw).getWriter();await w.write('a');await w.write(new Uint8Array([98]));await w.close();log(got,nw.destroyed)}
{const p=Duplex.toWeb(new PassThrough());const w=p.writable.getWriter();w.write('abc');w.close();for await(const x of p.readable)log(x);log(Object.keys(p))}
{const d=Duplex.fromWeb(new TransformStream({transform(c,k){k.enqueue(String(c).toUpperCase())}}),{encoding:'utf8',decodeStrings:false});d.write('x');d.end('y');for await(const x of d)log(x)}
{const r=new Readable({read(){this.destroy(new Error('boom'))}});try{for await(const x of Readable.toWeb(r));}catch(e){log(e.message)}}
for(const f of [()=>Readable.toWeb(1),()=>Readable.fromWeb(1),()=>Writable.toWeb({}),()=>Writable.fromWeb({}),()=>Duplex.fromWeb({}),()=>Duplex.toWeb({}),()=>Duplex.fromWeb(null)])try{f()}catch(e){log(e.name,e.code,e.message)}
{const w=Readable.toWeb(new Readable({read(){}}),{strategy:{highWaterMark:3,size(){return 1}}});log(w)}
{const w=Readable.toWeb(new Readable({read(){}}),{type:'bytes'});log(w)}
for await(const x of new Blob(['hello']).stream())log(x);
log(new Blob(['q']).stream());
})();
