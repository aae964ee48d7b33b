// Which AsyncLocalStorage values the callbacks of streams see.
const {AsyncLocalStorage}=require('async_hooks'); const als=new AsyncLocalStorage(); const {Readable,Writable,Transform,finished,pipeline}=require('stream');
const s = new (require("stream").PassThrough)();
als.run('F',()=>finished(s,()=>console.log('finished',als.getStore())));
als.run('D',()=>s.on('data',()=>console.log('data',als.getStore())));
const r=new Readable({read(){}}); const w=new Writable({write(c,e,cb){console.log('write',als.getStore());cb()}});
als.run('P',()=>pipeline(r,w,()=>console.log('pipeline',als.getStore())));
const w2=new Writable({write(c,e,cb){setImmediate(cb)}});
als.run('W',()=>w2.write('a',()=>console.log('wcb',als.getStore())));
als.run('W2',()=>w2.write('b',()=>console.log('wcb',als.getStore())));
als.run('E',()=>w2.end(()=>console.log('end',als.getStore())));
als.run('X',()=>{s.write('x');s.end(); r.push('q'); r.push(null)});
(async()=>{ await als.run('I',async()=>{ for await (const x of Readable.from([1,2])) console.log('iter',als.getStore()) }) })();
als.run('M',()=>Readable.from([1]).map(()=>als.getStore()).toArray().then(v=>console.log('map',v,als.getStore())));
