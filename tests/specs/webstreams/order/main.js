'use strict';

const log = console.log;
async function tick(count, name) {
  for (let i = 0; i < count; i++) {
    await 0;
    log(name, i);
  }
}
async function t1(){log('--1');tick(12,'t');let c;const s=new ReadableStream({start(x){c=x;log('start')},pull(x){log('pull',x.desiredSize);x.enqueue('a');},cancel(r){log('cancel',r)}},{highWaterMark:2});const r=s.getReader();r.read().then(v=>log('r1',v));r.read().then(v=>log('r2',v));await r.read();log('r3');await r.cancel('x');log('cancelled');await r.closed;log('closed');}
async function t2(){log('--2');tick(20,'t');const w=new WritableStream({start(){log('start')},write(ch){log('write',ch)},close(){log('close')}},{highWaterMark:2});const wr=w.getWriter();wr.ready.then(()=>log('ready'));wr.write(1).then(()=>log('w1'));wr.write(2).then(()=>log('w2'));log(wr.desiredSize);wr.ready.then(()=>log('ready2'));wr.write(3).then(()=>log('w3'));await wr.close();log('closed')}
async function t4(){log('--4');tick(30,'t');const src=new ReadableStream({start(c){for(let i=0;i<3;i++)c.enqueue(i);c.close()}});const [a,b]=src.tee();const ra=a.getReader(),rb=b.getReader();ra.read().then(v=>log('a',v));rb.read().then(v=>log('b',v));ra.read().then(v=>log('a',v));await rb.read();log('b2');await ra.cancel(1).then(()=>0,()=>0), log('nx')}
async function t5(){log('--5');tick(30,'t');const s=ReadableStream.from([1,Promise.resolve(2),3]);const r=s.getReader();log(await r.read());log(await r.read());log(await r.read());log(await r.read());}
(async () => {
  for (const run of [t1, t2, t4, t5]) {
    await run();
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
})();
