// After how many ticks writes, ends and Duplexes made of others say that they are done.
const { Writable, Duplex, Readable } = require('stream');
const p = console.log;
const watch = (s, n, events) => { for (const e of events) s.on(e, () => p(n, e)); return s; };
const step = async (title, f) => { p('-', title); await f(); await new Promise((resolve) => setTimeout(resolve, 40)); };
(async()=>{
const ticks=(m=5)=>{let n=0; const tick=()=>{p('tick'+n); if(n++<m)process.nextTick(tick)}; process.nextTick(tick);};
const W=(o)=>new Writable({write(c,e,cb){p(String(c));cb()},...o});
for (const o of [{},{objectMode:true},{objectMode:true,highWaterMark:1},{decodeStrings:false},{highWaterMark:1}]) for (const args of [['x'], [Buffer.from('x')]]) { await step(JSON.stringify(o)+JSON.stringify(args),async()=>{const w=watch(W(o), 'w', ['finish', 'close', 'drain']); ticks(); p(w.write(...args)); w.end()});
 await step('end '+JSON.stringify(o)+JSON.stringify(args),async()=>{const w=watch(W(o), 'w', ['finish', 'close', 'drain']); ticks(); w.end(...args)}); }
await step('nested obj',async()=>{const v=W({objectMode:true}); const w=watch(W({objectMode:true,write(c,e,cb){v.write(c,e);cb()},final(cb){v.on('finish',cb);v.end()}}),'w',['finish','close','drain']); ticks(); w.end('x')});
await step('nested bytes',async()=>{const v=W(); const w=watch(W({write(c,e,cb){v.write(c,e);cb()},final(cb){v.on('finish',cb);v.end()}}),'w',['finish','close','drain']); ticks(); w.end('x')});
await step('nested if',async()=>{const v=W({objectMode:true}); const w=watch(W({objectMode:true,write(c,e,cb){if(v.write(c,e))cb();else p('no')},final(cb){v.on('finish',cb);v.end()}}),'w',['finish','close','drain']); ticks(); w.end('x')});
for (const o of [{},{objectMode:true}]) { await step('dup '+JSON.stringify(o),async()=>{const d=Duplex.from({writable:W(o)}); watch(d,'d',['finish','close','end']); ticks(); d.end('x')});
await step('dup write end '+JSON.stringify(o),async()=>{const d=Duplex.from({writable:W(o)}); watch(d,'d',['finish','close','end']); ticks(); d.write('x');d.end()});
await step('dup end '+JSON.stringify(o),async()=>{const d=Duplex.from({writable:W(o)}); watch(d,'d',['finish','close','end']); ticks(); d.end()}); }
await step('readable', async () => { const r = watch(new Readable({ read() { this.push(this.once ? null : (this.once = 'a')); } }), 'r', ['data', 'end', 'close']); ticks(); });
await step('from', async () => { watch(Readable.from([1, 2]), 'r', ['data', 'end', 'close']); ticks(12); });
await step('Duplex of a Readable', async () => { const d = Duplex.from(Readable.from(['q'])); ticks(12); watch(d, 'd', ['data', 'end', 'close']); });
})();

