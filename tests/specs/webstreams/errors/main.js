'use strict';

(async () => {
let c;
const p=(f)=>{try{console.log(f())}catch(e){console.log(e.name,e.code,e.message)}};
const rs=new ReadableStream();p(()=>rs);p(()=>new WritableStream());p(()=>new TransformStream());
const r2=new ReadableStream({type:'bytes'});const br=r2.getReader({mode:'byob'});p(()=>br);p(()=>rs.getReader());
p(()=>ReadableStream.prototype.getReader.call({}));p(()=>new ReadableStream({type:'x'}));p(()=>new ReadableStream(null));p(()=>new ReadableStream(1));p(()=>new ReadableStream({start:1}));p(()=>new ReadableStream({},{highWaterMark:-1}));p(()=>new ReadableStream({},{size:1}));p(()=>new CountQueuingStrategy());p(()=>new CountQueuingStrategy({}));p(()=>new CountQueuingStrategy({highWaterMark:'a'}).highWaterMark);
p(()=>new WritableStream({type:'x'}));p(()=>new TransformStream({readableType:1}));p(()=>new TransformStream({writableType:1}));
p(()=>rs.getReader({mode:'x'}));p(()=>rs.pipeThrough({}));p(()=>rs.tee());p(()=>ReadableStream.from(1));p(()=>ReadableStream.from(null));
const pr=async(f)=>{try{console.log(await f())}catch(e){console.log('R',e.name,e.code,e.message)}};
await pr(()=>rs.cancel());await pr(()=>rs.pipeTo(1));await pr(()=>new ReadableStream().pipeTo(1));await pr(()=>new ReadableStream().pipeTo(new WritableStream(),{signal:1}));
await pr(()=>new ReadableStream().pipeTo(new WritableStream(),{signal:AbortSignal.abort()}));
{const s=new ReadableStream({start(x){c=x}});c.close();p(()=>c.close());p(()=>c.enqueue(1));const r=s.getReader();r.releaseLock();await pr(()=>r.read());await pr(()=>r.closed);await pr(()=>r.cancel());}
{const s=new ReadableStream({type:'bytes',start(x){c=x}});p(()=>c.enqueue(1));p(()=>c.enqueue(new Uint8Array(0)));p(()=>c.byobRequest);const r=s.getReader({mode:'byob'});await pr(()=>r.read(1));await pr(()=>r.read(new Uint8Array(0)));await pr(()=>r.read(new Uint8Array(1),{min:0}));await pr(()=>r.read(new Uint8Array(1),{min:2}));const q=r.read(new Uint8Array(4));p(()=>c.byobRequest);const b=c.byobRequest;p(()=>b.respond(5));p(()=>b.respond(0));p(()=>b.respondWithNewView(1));p(()=>b.respondWithNewView(new Uint8Array(8)));b.respond(2);console.log(await q);p(()=>b.view);p(()=>b.respond(1));const z=r.read(new Uint8Array(4));r.releaseLock();await pr(()=>z)}
{const w=new WritableStream();const wr=w.getWriter();p(()=>w.getWriter());await pr(()=>w.abort());await pr(()=>w.close());await wr.close();await pr(()=>wr.close());await pr(()=>wr.write(1));wr.releaseLock();p(()=>wr.desiredSize);await pr(()=>wr.closed);await pr(()=>wr.ready);await pr(()=>wr.write(1))}
{const w=new WritableStream({start(x){c=x}});c.error(new Error('q'));const wr=w.getWriter();await pr(()=>wr.write(1));await pr(()=>wr.closed);console.log(wr.desiredSize)}
{const t=new TransformStream({start(x){c=x}});c.terminate();await pr(()=>t.writable.getWriter().closed)}
console.log(ReadableStream.from.length,ReadableStream.length,ReadableStream.prototype.pipeTo.length,WritableStream.length,TransformStream.length);
const t=new TextDecoderStream('utf-16le',{fatal:true});console.log(t.encoding,t.fatal,t.ignoreBOM,t.readable);console.log(new TextEncoderStream().encoding);
})();
