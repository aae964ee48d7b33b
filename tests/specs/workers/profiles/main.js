'use strict';
// Snapshots and profiles of a worker.
const { Worker } = require('worker_threads');

const w=new Worker('setInterval(()=>{},50); require("worker_threads").parentPort.once("message",()=>process.exit())',{eval:true}); 
w.on('online',async()=>{
 const s=await w.getHeapSnapshot(); console.log(s.constructor.name); let n=0; for await(const c of s) n+=c.length; console.log(n>1000);
 const p=await w.startCpuProfile(); console.log(p.constructor.name, Reflect.ownKeys(Object.getPrototypeOf(p))); const r=await p.stop(); console.log(typeof r, Object.keys(JSON.parse(r)));
 const h=await w.startHeapProfile(); console.log(h.constructor.name, Reflect.ownKeys(Object.getPrototypeOf(h))); const q=await h.stop(); console.log(typeof q, Object.keys(JSON.parse(q)).sort());
 for (const a of [1,{exposeInternals:1}]) try{await w.getHeapSnapshot(a)}catch(e){console.log(e.code,e.message)}
 w.postMessage(1); w.on('exit',async()=>{ for (const f of ['getHeapSnapshot','startCpuProfile','startHeapProfile']) await w[f]().catch(e=>console.log(e.code,e.message)) });
});
